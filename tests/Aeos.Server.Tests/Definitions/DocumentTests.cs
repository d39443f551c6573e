using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Aeos.Server.Definitions;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Definitions;

/// <summary>A field that a document has and its definition lacks would be dropped by the API server in silence.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Kinds => [.. Documents.Keys];

    private static Dictionary<string, JsonTypeInfo> Documents { get; } = new()
    {
        ["Backup"] = DocumentTypes.Backup,
        ["Restore"] = DocumentTypes.Restore,
        ["Schedule"] = DocumentTypes.Schedule,
        ["BackupStorageLocation"] = DocumentTypes.BackupStorageLocation,
        ["DeleteBackupRequest"] = DocumentTypes.DeleteBackupRequest,
        ["DownloadRequest"] = DocumentTypes.DownloadRequest,
        ["ServerStatusRequest"] = DocumentTypes.ServerStatusRequest,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_of_a_document_is_in_its_definition_with_a_type_that_fits(string kind)
    {
        var schema = VeleroDefinitions.Resources.Single(resource => resource.Kind == kind).Schema;

        Differences(kind, Documents[kind], schema).ShouldBeEmpty();
    }

    private static IEnumerable<string> Differences(string path, JsonTypeInfo document, Schema schema)
    {
        if (schema.KeepsOthers || path.EndsWith(".metadata", StringComparison.Ordinal))
        {
            return [];
        }

        if (TypeOf(document) is { } type && type != schema.Type)
        {
            return [$"{path} is {document.Type} in the document and {schema.Type} in the definition"];
        }

        return document.Kind switch
        {
            JsonTypeInfoKind.Object => document.Properties.Where(property => !property.IsExtensionData).SelectMany(property => OfField(path, property, schema)),
            JsonTypeInfoKind.Enumerable => Differences($"{path}[]", Element(document), schema.Items!),
            JsonTypeInfoKind.Dictionary => Differences($"{path}{{}}", Element(document), schema.Values!),
            _ => [],
        };
    }

    private static IEnumerable<string> OfField(string path, JsonPropertyInfo property, Schema schema)
    {
        var field = schema.Fields.SingleOrDefault(field => field.Name == property.Name).Schema;
        return field is null
            ? [$"{path}.{property.Name} is not in the definition"]
            : Differences($"{path}.{property.Name}", property.Options.GetTypeInfo(property.PropertyType), field);
    }

    private static JsonTypeInfo Element(JsonTypeInfo collection) => collection.Options.GetTypeInfo(collection.ElementType!);

    // Null for what holds any JSON.
    private static string? TypeOf(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "object",
        JsonTypeInfoKind.Enumerable => "array",
        _ => (Nullable.GetUnderlyingType(info.Type) ?? info.Type) switch
        {
            var type when type == typeof(string) => "string",
            var type when type == typeof(bool) => "boolean",
            var type when type == typeof(int) || type == typeof(long) => "integer",
            var type when type == typeof(JsonElement) || type == typeof(JsonNode) => null,
            var type => $"unknown ({type})",
        },
    };
}
