using System.Globalization;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>A path into an object, as JSON patches have it (RFC 6901). Indices may count from the end, from -1 on, as in Velero's patches.</summary>
internal sealed class JsonPointer
{
    private readonly string _text;
    private readonly string[]? _segments;

    public JsonPointer(string text)
    {
        _text = text;
        _segments = text.Length == 0 ? []
            : text[0] == '/' ? [.. text[1..].Split('/').Select(Unescaped)]
            : null;
    }

    /// <summary>Whether it is the object itself.</summary>
    public bool IsRoot => _segments is [];

    /// <summary>The value there; null for <c>null</c>.</summary>
    /// <exception cref="PatchException">There is none.</exception>
    public JsonNode? Get(JsonObject root) =>
        IsRoot || Holder(root) is not JsonObject map || map.ContainsKey(Last) ? GetOrNull(root) : throw Missing();

    /// <summary>The value there; null also when the object that would hold it has no such field.</summary>
    /// <exception cref="PatchException">There is nothing that would hold it, or no such entry in the list.</exception>
    public JsonNode? GetOrNull(JsonObject root) => IsRoot ? root : Holder(root) switch
    {
        JsonArray list => list[Index(Last, list.Count)],
        var map => map[Last],
    };

    /// <summary>Puts a value there: a new entry in a list, <c>-</c> its end.</summary>
    /// <exception cref="PatchException">What is to hold it is missing.</exception>
    public void Add(JsonObject root, JsonNode? value)
    {
        switch (Holder(root))
        {
            case JsonObject map:
                map[Last] = value;
                break;
            case JsonArray list:
                list.Insert(Last == "-" ? list.Count : Index(Last, list.Count + 1), value);
                break;
        }
    }

    /// <summary>Puts a value in the place of another.</summary>
    /// <exception cref="PatchException">There is none.</exception>
    public void Replace(JsonObject root, JsonNode? value)
    {
        switch (Holder(root))
        {
            case JsonObject map:
                map[Last] = map.ContainsKey(Last) ? value : throw Missing();
                break;
            case JsonArray list:
                list[Index(Last, list.Count)] = value;
                break;
        }
    }

    /// <summary>Takes a value away.</summary>
    /// <exception cref="PatchException">There is none.</exception>
    public void Remove(JsonObject root)
    {
        switch (Holder(root))
        {
            case JsonObject map:
                _ = map.Remove(Last) ? true : throw Missing();
                break;
            case JsonArray list:
                list.RemoveAt(Index(Last, list.Count));
                break;
        }
    }

    public override string ToString() => _text;

    private static string Unescaped(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private string Last => _segments![^1];

    // The object or the list that the last segment is of.
    private JsonNode Holder(JsonObject root)
    {
        if (_segments is not { Length: > 0 })
        {
            throw Missing();
        }

        JsonNode? at = root;
        foreach (var segment in _segments.AsSpan(0, _segments.Length - 1))
        {
            at = at switch
            {
                JsonObject map => map[segment],
                JsonArray list when TryIndex(segment, list.Count, out var index) => list[index],
                _ => null,
            };
        }

        return at is JsonObject or JsonArray ? at : throw Missing();
    }

    private int Index(string text, int count) => TryIndex(text, count, out var index)
        ? index : throw new PatchException(PatchProblem.Other, $"\"{text}\" in the path \"{_text}\" is no index of a list of {count}");

    private static bool TryIndex(string text, int count, out int index)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
        {
            return false;
        }

        index += index < 0 ? count : 0;
        return index >= 0 && index < count;
    }

    private PatchException Missing() => new(PatchProblem.Missing, $"the object has no \"{_text}\"");
}
