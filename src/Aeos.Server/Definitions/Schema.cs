using System.Text.Json.Nodes;

namespace Aeos.Server.Definitions;

/// <summary>What one value of a resource may be: the part of OpenAPI 3 that Velero's definitions use.</summary>
/// <param name="Type">OpenAPI's type.</param>
/// <param name="Description">What it says; <c>kubectl explain</c> shows it.</param>
internal sealed record Schema(string Type, string Description)
{
    public string? Format { get; init; }

    /// <summary>What it may be; null: anything of its type.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>What the API server fills in; null: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>How many items a list has at least; null: any number.</summary>
    public int? MinItems { get; init; }

    /// <summary>Of a list: what each item is.</summary>
    public Schema? Items { get; init; }

    /// <summary>Of a map: what each value is.</summary>
    public Schema? Values { get; init; }

    /// <summary>Of an object: its fields.</summary>
    public IReadOnlyList<(string Name, Schema Schema)> Fields { get; init; } = [];

    /// <summary>Whether the object that it belongs to must have it.</summary>
    public bool IsRequired { get; private init; }

    public bool IsNullable { get; private init; }

    /// <summary>Whether server-side apply replaces it as a whole.</summary>
    public bool IsAtomic { get; private init; }

    /// <summary>Whether fields that are not described are kept.</summary>
    public bool KeepsOthers { get; private init; }

    public Schema Required() => this with { IsRequired = true };

    public Schema OrNull() => this with { IsNullable = true };

    public Schema Atomic() => this with { IsAtomic = true };

    public Schema WithOthers() => this with { KeepsOthers = true };

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        Add(json, "description", Description.Length > 0 ? Description : null);
        json["type"] = Type;
        Add(json, "format", Format);
        Add(json, "default", Default);
        Add(json, "enum", Choices is null ? null : Texts(Choices));
        Add(json, "minItems", MinItems);
        Add(json, "items", Items?.ToJson());
        Add(json, "additionalProperties", Values?.ToJson());
        if (Fields.Count > 0)
        {
            json["properties"] = new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Schema.ToJson())));
            var required = Fields.Where(field => field.Schema.IsRequired).Select(field => field.Name).ToList();
            Add(json, "required", required.Count > 0 ? Texts(required) : null);
        }

        Add(json, "nullable", IsNullable ? true : null);
        Add(json, "x-kubernetes-preserve-unknown-fields", KeepsOthers ? true : null);
        Add(json, Type == "array" ? "x-kubernetes-list-type" : "x-kubernetes-map-type", IsAtomic ? "atomic" : null);
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
