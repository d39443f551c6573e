using System.Globalization;
using System.Text;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Listings;

/// <summary>
/// A thing described in fields, as Velero's <c>describe</c> does it: blocks with an empty line between each two, and within a block all values in one column.
/// Values are made safe to print.
/// </summary>
internal sealed class Description
{
    /// <summary>What stands where nothing is.</summary>
    public const string None = "<none>";

    private const int Gap = 2;

    private readonly StringBuilder _text = new();
    private readonly List<(string Title, string Value)> _block = [];
    private int _depth;

    /// <summary>A field; nothing, or an empty text, is shown as <c>&lt;none&gt;</c>.</summary>
    /// <param name="title">Its title, without the colon.</param>
    /// <param name="value">Its value.</param>
    /// <param name="depth">How deep it is below the block's heading.</param>
    public Description Field(string title, string? value, int depth = 0)
    {
        _block.Add(($"{Indent(depth)}{SafeText.Line(title)}:", SafeText.Line(value is { Length: > 0 } ? value : None)));
        return this;
    }

    /// <summary>A field with a number.</summary>
    public Description Number(string title, long? value) => Field(title, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A field that is on, off or left to the server.</summary>
    public Description Switch(string title, bool? value, int depth = 0) => Field(title, value switch { true => "true", false => "false", null => "auto" }, depth);

    /// <summary>A field with names, on one line.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="names">The names.</param>
    /// <param name="otherwise">What is shown where there are none.</param>
    /// <param name="depth">How deep it is.</param>
    public Description Names(string title, IReadOnlyList<string>? names, string otherwise = None, int depth = 0) =>
        Field(title, names is { Count: > 0 } ? string.Join(", ", names) : otherwise, depth);

    /// <summary>A field with pairs, each on a line.</summary>
    public Description Pairs(string title, IReadOnlyDictionary<string, string>? pairs, int depth = 0) =>
        Lines(title, [.. (pairs ?? new Dictionary<string, string>()).OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")], depth);

    /// <summary>A field with several values, each on a line.</summary>
    public Description Lines(string title, IReadOnlyList<string> values, int depth)
    {
        Field(title, values.Count > 0 ? values[0] : null, depth);
        foreach (var value in values.Skip(1))
        {
            _block.Add(("", SafeText.Line(value)));
        }

        return this;
    }

    /// <summary>A line of its own, such as a block's heading.</summary>
    public Description Line(string text, int depth = 0)
    {
        Flush();
        _text.Append(Indent(depth)).Append(SafeText.Line(text)).Append('\n');
        return this;
    }

    /// <summary>Describes something that is part of the thing, deeper by one.</summary>
    public Description Within(Action<Description> part)
    {
        Flush();
        _depth++;
        part(this);
        Flush();
        _depth--;
        return this;
    }

    /// <summary>Ends the block.</summary>
    public Description Space()
    {
        Flush();
        _text.Append('\n');
        return this;
    }

    public override string ToString()
    {
        Flush();
        return _text.ToString();
    }

    private string Indent(int depth) => new(' ', (_depth + depth) * 2);

    private void Flush()
    {
        var width = _block.Count > 0 ? _block.Max(static field => field.Title.Length) + Gap : 0;
        foreach (var (title, value) in _block)
        {
            _text.Append(title.PadRight(width)).Append(value).Append('\n');
        }

        _block.Clear();
    }
}
