using System.Text;
using Aeos.Backup.Hooks;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Hooks;

public class HookCheckTests
{
    [Theory]
    [InlineData("""{"resources":[{"name":"a","pre":[{"exec":{"command":["x"],"onError":"Explode"}}]}]}""", "spec.hooks.resources[0].pre[0].exec.onError is \"Explode\": Continue and Fail are known")]
    [InlineData("""{"resources":[{"name":"a","post":[{"exec":{"command":["x"],"timeout":"soon"}}]}]}""", "spec.hooks.resources[0].post[0].exec.timeout is \"soon\", which is no duration such as 90s or 5m")]
    [InlineData("""{"resources":[{"name":"a","pre":[{"exec":{"command":[]}}]}]}""", "spec.hooks.resources[0].pre[0].exec.command is missing or empty")]
    [InlineData("""{"resources":[{"name":"a","pre":[{}]}]}""", "spec.hooks.resources[0].pre[0].exec is missing")]
    [InlineData("""{"resources":[{"name":"a","pre":[{"exec":{"command":["x"],"shell":true}}]}]}""", "spec.hooks.resources[0].pre[0].exec.shell is not known")]
    [InlineData("""{"resources":[{"name":"a","labelSelector":{"matchExpressions":[{"key":"k","operator":"Near"}]}}]}""", "spec.hooks.resources[0].labelSelector: the label selector's operator \"Near\" is not known")]
    [InlineData("""{"pods":[]}""", "spec.hooks.pods is not known")]
    public void What_a_backups_hooks_cannot_be_is_told_with_its_path(string hooks, string problem)
        => BackupHookCheck.Problems(Backup(hooks)).ShouldHaveSingleItem().ShouldBe(problem);

    [Theory]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"exec":{"command":["x"],"onError":"Stop"}}]}]}""", "spec.hooks.resources[0].postHooks[0].exec.onError is \"Stop\": Continue and Fail are known")]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"exec":{"command":["x"],"waitTimeout":"1"}}]}]}""", "spec.hooks.resources[0].postHooks[0].exec.waitTimeout is \"1\", which is no duration such as 90s or 5m")]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"exec":{"command":["x"],"execTimeout":""}}]}]}""", "spec.hooks.resources[0].postHooks[0].exec.execTimeout is \"\", which is no duration such as 90s or 5m")]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"exec":{}}]}]}""", "spec.hooks.resources[0].postHooks[0].exec.command is missing or empty")]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"init":{"initContainers":[{"name":"i","image":"x"}]}}]}]}""", "spec.hooks.resources[0].postHooks[0].init.initContainers[0] needs name, image and command")]
    [InlineData("""{"resources":[{"name":"a","postHooks":[{"init":{"initContainers":["i"]}}]}]}""", "spec.hooks.resources[0].postHooks[0].init.initContainers[0] needs name, image and command")]
    [InlineData("""{"resources":[{"name":"a","preHooks":[]}]}""", "spec.hooks.resources[0].preHooks is not known")]
    public void What_a_restores_hooks_cannot_be_is_told_with_its_path(string hooks, string problem)
        => RestoreHookCheck.Problems(Restore(hooks)).ShouldHaveSingleItem().ShouldBe(problem);

    [Theory]
    [InlineData("""{"resources":[{"name":"a","includedResources":["jobs"]}]}""", "spec.hooks.resources[0]: includedResources and excludedResources have no effect: these hooks are for pods")]
    [InlineData("""{"resources":[{"name":"a","includedResources":["pods"],"postHooks":[{"init":{"timeout":"5m"}}]}]}""", "spec.hooks.resources[0]: the timeout of init containers has no effect: they are not waited for")]
    public void What_has_no_effect_is_said(string hooks, string line) => RestoreHookCheck.Ignored(Restore(hooks)).ShouldHaveSingleItem().ShouldBe(line);

    [Fact]
    public void Hooks_with_every_field_that_Velero_has_are_taken()
    {
        BackupHookCheck.Problems(Backup(
            """
            {"resources":[{"name":"a","includedNamespaces":["x"],"excludedNamespaces":["y"],"includedResources":["pods"],"excludedResources":["jobs"],
             "labelSelector":{"matchLabels":{"app":"db"}},"pre":[{"exec":{"container":"c","command":["x","y"],"onError":"Fail","timeout":"1m30s"}}],
             "post":[{"exec":{"command":["x"]}}]}]}
            """)).ShouldBeEmpty();
        RestoreHookCheck.Problems(Restore(
            """
            {"resources":[{"name":"a","includedNamespaces":["x"],"excludedNamespaces":["y"],"includedResources":["pods"],"excludedResources":["jobs"],
             "labelSelector":{"matchLabels":{"app":"db"}},"postHooks":[
              {"exec":{"container":"c","command":["x"],"onError":"Continue","execTimeout":"30s","waitTimeout":"0","waitForReady":true}},
              {"init":{"initContainers":[{"name":"i","image":"x","command":["y"]}],"timeout":"5m"}}]}]}
            """)).ShouldBeEmpty();
    }

    private static BackupHooks? Backup(string hooks)
        => BackupDocument.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"Backup","spec":{"hooks":{{hooks}} } }"""), "test").Spec.Hooks;

    private static RestoreHooks? Restore(string hooks)
        => RestoreDocument.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"Restore","spec":{"hooks":{{hooks}} } }"""), "test").Spec.Hooks;
}
