namespace Aeos.Backup.Restores.Modifying;

/// <summary>How the fields of a type merge, as far as it is not the usual way: objects field by field, lists as a whole.</summary>
internal sealed class MergeShape
{
    /// <summary>All of it merges in the usual way.</summary>
    public static readonly MergeShape Plain = new();

    private readonly Dictionary<string, MergeField> _fields = new(StringComparer.Ordinal);

    /// <summary>How a field merges.</summary>
    public MergeField this[string field] => _fields.GetValueOrDefault(field, MergeField.Plain);

    /// <summary>An object whose own fields merge in unusual ways.</summary>
    public MergeShape Inner(string field, MergeShape shape) => With(field, new MergeField(null, shape));

    /// <summary>Lists whose entries are told apart by a key and merge one by one.</summary>
    public MergeShape Keyed(string key, params ReadOnlySpan<string> fields) => Keyed(key, Plain, fields);

    /// <summary>The same, with entries that merge in unusual ways.</summary>
    public MergeShape Keyed(string key, MergeShape entries, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            With(field, new MergeField(key, entries));
        }

        return this;
    }

    /// <summary>A list of plain values that merge as a set.</summary>
    public MergeShape Set(string field) => With(field, new MergeField("", Plain));

    /// <summary>An object that is replaced as a whole.</summary>
    public MergeShape Whole(string field) => With(field, new MergeField(null, Plain, IsReplaced: true));

    private MergeShape With(string field, MergeField how)
    {
        _fields[field] = how;
        return this;
    }
}
