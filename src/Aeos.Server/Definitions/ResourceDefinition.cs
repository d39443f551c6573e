using System.Text.Json.Nodes;
using Aeos.Server.Installation;
using Aeos.Server.Resources;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions;

/// <summary>The definition of one kind of custom resources. None has a status subresource: Velero's have none, and its client relies on that.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Plural">The name in addresses.</param>
/// <param name="Spec">What is asked for.</param>
/// <param name="Status">What came of it.</param>
internal sealed record ResourceDefinition(string Kind, string Plural, Schema Spec, Schema Status)
{
    public string Version { get; init; } = "v1";

    /// <summary>What a resource of this kind is for.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>What <c>kubectl get</c> shows; none: name and age.</summary>
    public IReadOnlyList<PrinterColumn> Columns { get; init; } = [];

    /// <summary>The definition's name.</summary>
    public string Name => $"{Plural}.{VeleroTypes.Group}";

    public Schema Schema => Object(
        Description,
        ("apiVersion", Text("Group and version of this representation.")),
        ("kind", Text("The kind of this resource.")),
        ("metadata", Object("")),
        ("spec", Spec),
        ("status", Status));

    public JsonObject ToJson() => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["labels"] = Ownership.Labels(), ["name"] = Name },
        ["spec"] = new JsonObject
        {
            ["group"] = VeleroTypes.Group,
            ["names"] = Names(),
            ["scope"] = "Namespaced",
            ["versions"] = new JsonArray(VersionJson()),
        },
    };

    private JsonObject Names()
    {
        var names = new JsonObject { ["kind"] = Kind, ["listKind"] = $"{Kind}List", ["plural"] = Plural };
        if (ShortNames.Count > 0)
        {
            names["shortNames"] = new JsonArray([.. ShortNames.Select(name => JsonValue.Create(name))]);
        }

        names["singular"] = Kind.ToLowerInvariant();
        return names;
    }

    private JsonObject VersionJson()
    {
        var version = new JsonObject { ["name"] = Version };
        if (Columns.Count > 0)
        {
            version["additionalPrinterColumns"] = new JsonArray([.. Columns.Select(column => column.ToJson())]);
        }

        version["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema.ToJson() };
        version["served"] = true;
        version["storage"] = true;
        return version;
    }
}
