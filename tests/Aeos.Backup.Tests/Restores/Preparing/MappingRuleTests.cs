using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class MappingRuleTests
{
    private static Preparation StorageClasses(params string[] there) => new(sources: new RuleSources
    {
        Cluster = new NamedThings { StorageClasses = there },
        StorageClasses = new PluginConfig(new Dictionary<string, string> { ["slow"] = "fast" }),
    });

    private static Preparation Images(params string[] mappings) => new(sources: new RuleSources
    {
        Cluster = new NamedThings(),
        Images = new PluginConfig(mappings.Select((mapping, i) => ($"case{i}", mapping)).ToDictionary(pair => pair.Item1, pair => pair.mapping)),
    });

    [Theory]
    [InlineData("persistentvolumeclaims", "PersistentVolumeClaim")]
    [InlineData("persistentvolumes", "PersistentVolume")]
    public async Task A_volume_and_a_claim_get_the_mapped_storage_class(string type, string kind)
        => ((string?)(await StorageClasses("fast").ApplyAsync(type, $$$"""{"kind":"{{{kind}}}","metadata":{"name":"a"},"spec":{"storageClassName":"slow"}}"""))["spec"]!["storageClassName"])
            .ShouldBe("fast");

    [Fact]
    public async Task So_does_each_claim_template_of_a_stateful_set()
        => (await StorageClasses("fast").ApplyAsync("statefulsets.apps", """
            {"kind":"StatefulSet","metadata":{"name":"a"},"spec":{"volumeClaimTemplates":[{"spec":{"storageClassName":"slow"}},{"spec":{"storageClassName":"other"}},{"spec":{}}]}}
            """))["spec"]!.ToJsonString()
            .ShouldBe("""{"volumeClaimTemplates":[{"spec":{"storageClassName":"fast"}},{"spec":{"storageClassName":"other"}},{"spec":{}}]}""");

    [Fact]
    public async Task A_storage_class_that_nothing_is_said_of_stays_though_it_may_not_be_there()
        => ((string?)(await StorageClasses().ApplyAsync("persistentvolumeclaims", """{"kind":"PersistentVolumeClaim","metadata":{"name":"a"},"spec":{"storageClassName":"other"}}"""))["spec"]!["storageClassName"])
            .ShouldBe("other");

    [Fact]
    public async Task A_mapped_storage_class_that_the_cluster_does_not_have_is_an_error()
        => (await Should.ThrowAsync<PreparationException>(() => StorageClasses().ApplyAsync(
            "persistentvolumeclaims", """{"kind":"PersistentVolumeClaim","metadata":{"name":"a"},"spec":{"storageClassName":"slow"}}"""))).Cause.ShouldContain("storage class fast");

    [Theory]
    [InlineData("pods", "Pod", "{0}")]
    [InlineData("deployments.apps", "Deployment", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("statefulsets.apps", "StatefulSet", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("daemonsets.apps", "DaemonSet", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("replicasets.apps", "ReplicaSet", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("replicationcontrollers", "ReplicationController", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("jobs.batch", "Job", """{{"template":{{"spec":{0}}}}}""")]
    [InlineData("cronjobs.batch", "CronJob", """{{"jobTemplate":{{"spec":{{"template":{{"spec":{0}}}}}}}}}""")]
    public async Task Containers_and_init_containers_get_their_mapped_images_wherever_a_type_has_them(string type, string kind, string spec)
    {
        const string Old = """{"containers":[{"name":"c","image":"old.example.org/web:1"}],"initContainers":[{"name":"i","image":"old.example.org/init:1"}]}""";
        var item = await Images("old.example.org,new.example.org").ApplyAsync(
            type, $$"""{"kind":"{{kind}}","metadata":{"name":"a"},"spec":{{string.Format(null, spec, Old)}}}""");

        item["spec"]!.ToJsonString().ShouldBe(string.Format(null, spec, Old.Replace("old.", "new.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1.1.1.1:5000/abc:test", "2.2.2.2:3000/abc:test", "1.1.1.1:5000,2.2.2.2:3000")]
    [InlineData("1.1.1.1:5000/abc:test", "1.1.1.1:3000/abc:test", "5000 , 3000")]
    [InlineData("1.1.1.1:5000/abc:test", "1.1.1.1:5000/edf:test", "abc:test,edf:test")]
    [InlineData("a/a", "b/b", "a,b")]
    [InlineData("web:1", "web:1", "web")]
    [InlineData("web:1", "web:1", "web,")]
    [InlineData("web:1", "web:1", ",web")]
    [InlineData("web:1", "web:1", "other,new")]
    [InlineData("web:1", "web:2", "no comma", ":1,:2", "web,never")]
    public async Task A_mapping_replaces_a_part_of_an_image_everywhere_in_it_and_the_first_that_fits_counts(string image, string expected, params string[] mappings)
        => ((string?)(await Images(mappings).ApplyAsync("pods", $$$"""{"kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"image":"{{{image}}}"}]}}"""))["spec"]!["containers"]![0]!["image"])
            .ShouldBe(expected);

    [Fact]
    public async Task An_init_container_that_a_hook_adds_keeps_its_image_since_Velero_maps_images_before()
        => (await Images("old,new").ApplyAsync("pods", """
            {"kind":"Pod","metadata":{"name":"a","namespace":"shop","annotations":{"init.hook.restore.velero.io/container-image":"old/hook","init.hook.restore.velero.io/command":"[\"true\"]"}},
             "spec":{"containers":[{"name":"c","image":"old/web"}],"initContainers":[{"name":"i","image":"old/init"}]}}
            """))["spec"]!["initContainers"]!.AsArray().Select(container => (string?)container!["image"]).ShouldBe(["old/hook", "new/init"]);

    [Fact]
    public async Task Settings_that_cannot_be_read_are_an_error_for_each_object_that_they_concern()
        => (await Should.ThrowAsync<PreparationException>(() => new Preparation(sources: new RuleSources
        {
            Cluster = new NamedThings(),
            Images = PluginConfig.Unreadable("found more than one ConfigMap"),
        }).ApplyAsync("pods", """{"kind":"Pod","metadata":{"name":"a"},"spec":{}}"""))).Cause.ShouldBe("found more than one ConfigMap");
}
