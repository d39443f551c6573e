using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

/// <summary>Prepares single objects, without a cluster.</summary>
internal sealed class Preparation
{
    private readonly ItemRules _rules;

    public Preparation(RestoreOptions? options = null, RuleSources? sources = null) => _rules = new ItemRules(
        options ?? RestoreBench.Options, sources ?? new RuleSources { Cluster = new NamedThings() });

    public static RestoreOptions Mapping(string from, string to) =>
        RestoreBench.Options with { Spec = RestoreBench.Options.Spec with { NamespaceMapping = new Dictionary<string, string> { [from] = to } } };

    public async Task<string?> OmissionAsync(string groupResource, string json) =>
        (await _rules.OmissionAsync(groupResource, Parse(json), CancellationToken.None))?.Reason;

    public IEnumerable<string> Companions(string groupResource, string json) => _rules.Companions(groupResource, Parse(json)).Select(static key => key.ToString());

    public async Task<JsonObject> ApplyAsync(string groupResource, string json, string targetNamespace = "shop")
    {
        var item = Parse(json);
        await _rules.ApplyAsync(groupResource, item, targetNamespace, CancellationToken.None);
        return item;
    }

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
