namespace Aeos.Server.Definitions;

/// <summary>The words that definitions are written in: each makes a schema and takes its description.</summary>
internal static class SchemaWords
{
    public static Schema Text(string description = "") => new("string", description);

    /// <summary>A text that is one of a few.</summary>
    public static Schema Choice(string description, params string[] choices) => Text(description) with { Choices = choices };

    /// <summary>A duration as Go writes them, such as <c>1h30m0s</c>.</summary>
    public static Schema Duration(string description) => Text(description);

    /// <summary>A point in time, RFC 3339; Kubernetes writes none as null.</summary>
    public static Schema Time(string description) => Text(description).OrNull() with { Format = "date-time" };

    /// <summary>Bytes in base64.</summary>
    public static Schema Bytes(string description) => Text(description) with { Format = "byte" };

    public static Schema Whole(string description) => new("integer", description);

    /// <summary>A whole number of 64 bits.</summary>
    public static Schema Large(string description) => Whole(description) with { Format = "int64" };

    public static Schema Switch(string description) => new("boolean", description);

    public static Schema List(string description, Schema items) => new("array", description) { Items = items };

    /// <summary>A list of texts.</summary>
    public static Schema Texts(string description) => List(description, Text());

    /// <summary>Texts by name.</summary>
    public static Schema Map(string description) => new("object", description) { Values = Text() };

    public static Schema Object(string description, params (string Name, Schema Schema)[] fields) => new("object", description) { Fields = fields };
}
