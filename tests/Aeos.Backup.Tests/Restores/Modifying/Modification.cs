using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Modifying;

namespace Aeos.Backup.Tests.Restores.Modifying;

/// <summary>One object, changed by modifiers.</summary>
internal static class Modification
{
    public const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","labels":{"app":"shop"}},"spec":{"storageClassName":"standard","size":1}}
        """;

    public const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","labels":{"app":"web","tier":"front"}},
         "spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:1"}]}}}}
        """;

    public static (JsonObject Item, IReadOnlyList<string> Failures) Apply(string modifiers, string groupResource, string item)
    {
        var tree = Parse(item);
        var failures = ResourceModifierText.Parse(modifiers).Apply(groupResource, tree);
        return (tree, failures);
    }

    /// <summary>The object after a rule that has these conditions and these patches, which nothing fails at.</summary>
    public static JsonObject Changed(string conditions, string patches, string groupResource, string item)
    {
        var (changed, failures) = Apply(Rules(Rule(conditions, patches)), groupResource, item);
        failures.ShouldBeEmpty();
        return changed;
    }

    public static string Rules(params string[] rules) => "version: v1\nresourceModifierRules:\n" + string.Concat(rules);

    /// <summary>A rule; both parts are in YAML's flow style.</summary>
    public static string Rule(string conditions, string patches) => $"- conditions: {{{conditions}}}\n  {patches}\n";

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static void ShouldBeJson(this JsonNode? node, string json) => node!.ToJsonString().ShouldBe(JsonNode.Parse(json)!.ToJsonString());
}
