using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>How resource modifiers choose and change.</summary>
public class ModifierRuleTests
{
    private static readonly RestoreSpec Modified = new() { ResourceModifier = new ResourceReference { Kind = "configmap", Name = "modifiers" } };

    [Fact]
    public async Task Rules_look_at_the_object_as_it_was_and_patch_what_the_earlier_ones_left()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.ConfigureAsync("modifiers", """
            version: V1
            resourceModifierRules:
            - conditions: {groupResource: configmaps, matches: [{path: /data/k, value: v}]}
              patches: [{operation: replace, path: /data/k, value: first}]
            - conditions: {groupResource: configmaps, matches: [{path: /data/k, value: v}]}
              patches: [{operation: copy, from: /data/k, path: /data/seen}]
            - conditions: {groupResource: configmaps, matches: [{path: /data/k, value: first}]}
              patches: [{operation: add, path: /data/never, value: x}]
            - conditions: {groupResource: configmaps}
              patches: [{operation: add, path: /data/untested, value: x}, {operation: test, path: /data/k, value: other}]
            """);
        await room.PutAsync(new ItemArchive().AddConfigMap(shop));

        await room.RestoreCleanlyAsync(Modified);

        var data = (await room.GetAsync("v1", "ConfigMap", shop, "map"))["data"]!.AsObject();
        data.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}").ShouldBe(["k=first", "seen=first"]);
    }

    [Fact]
    public async Task A_types_pattern_does_not_cross_a_dot()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.ConfigureAsync("modifiers", """
            version: v1
            resourceModifierRules:
            - conditions: {groupResource: "*"}
              mergePatches: [{patchData: '{"metadata":{"annotations":{"star":"x"}}}'}]
            - conditions: {groupResource: "*.rbac"}
              mergePatches: [{patchData: '{"metadata":{"annotations":{"short":"x"}}}'}]
            - conditions: {groupResource: "roles.*.k8s.io"}
              mergePatches: [{patchData: '{"metadata":{"annotations":{"middle":"x"}}}'}]
            """);
        await room.PutAsync(new ItemArchive().AddConfigMap(shop)
            .Add("roles.rbac.authorization.k8s.io", "rbac.authorization.k8s.io/v1", "Role", shop, "role", "\"rules\":[]"));

        await room.RestoreCleanlyAsync(Modified);

        (await AnnotationsAsync("v1", "ConfigMap", "map")).ShouldBe("star");
        (await AnnotationsAsync("rbac.authorization.k8s.io/v1", "Role", "role")).ShouldBe("");

        async Task<string> AnnotationsAsync(string version, string kind, string name)
            => string.Join(' ', ((await room.GetAsync(version, kind, shop, name)).At("metadata", "annotations") as JsonObject ?? []).Select(static pair => pair.Key));
    }

    [Fact]
    public async Task A_value_is_JSON_where_it_looks_like_it_and_else_text()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.Cluster.DefineAsync("widgets", "Widget");
        await room.ConfigureAsync("modifiers", $$$"""
            version: v1
            resourceModifierRules:
            - conditions: {groupResource: "widgets.{{{room.Cluster.Group}}}"}
              patches:
              - {operation: add, path: /spec/number, value: '1'}
              - {operation: add, path: /spec/truth, value: 'true'}
              - {operation: add, path: /spec/list, value: '[{"a": 1}]'}
              - {operation: add, path: /spec/quoted, value: '"1"'}
              - {operation: add, path: /spec/text, value: text}
              - {operation: add, path: /spec/empty, value: ''}
            """);
        await room.PutAsync(new ItemArchive().Add($"widgets.{room.Cluster.Group}", $"{room.Cluster.Group}/v1", "Widget", shop, "w", """ "spec":{}"""));

        await room.RestoreCleanlyAsync(Modified);

        (await room.GetAsync($"{room.Cluster.Group}/v1", "Widget", shop, "w"))["spec"]!.AsObject().OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key}={pair.Value!.ToJsonString()}").ShouldBe(["empty=\"\"", "list=[{\"a\":1}]", "number=1", "quoted=\"1\"", "text=\"text\"", "truth=true"]);
    }

    [Fact]
    public async Task A_strategic_patch_of_a_custom_type_is_an_error_and_the_object_is_restored_without_it()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.Cluster.DefineAsync("widgets", "Widget");
        await room.ConfigureAsync("modifiers", $$$"""
            version: v1
            resourceModifierRules:
            - conditions: {groupResource: "widgets.{{{room.Cluster.Group}}}"}
              strategicPatches: [{patchData: '{"spec":{"n":2}}'}]
            """);
        await room.PutAsync(new ItemArchive().Add($"widgets.{room.Cluster.Group}", $"{room.Cluster.Group}/v1", "Widget", shop, "w", """ "spec":{"n":1}"""));

        var (document, outcome) = await room.RestoreAsync(Modified);

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces[shop].ShouldHaveSingleItem().ShouldContain("widgets");
        $"{(await room.GetAsync($"{room.Cluster.Group}/v1", "Widget", shop, "w")).At("spec", "n")}".ShouldBe("1");
    }
}
