
namespace Aeos.Backup.Backups;

/// <summary>
/// Items that others take along: asked for when the other is written, and fetched after their own type was listed, if that did not bring them. Holds names of
/// those alone.
/// </summary>
internal sealed class Companions
{
    private readonly Dictionary<ItemKey, bool> _wanted = [];
    private readonly HashSet<ItemKey> _done = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <summary>Whether any item of the type was asked for or noted.</summary>
    public bool Concerns(string groupResource) => _types.Contains(groupResource);

    /// <summary>Asks for one.</summary>
    /// <param name="item">Which.</param>
    /// <param name="mustInclude">Whether it passes all filters.</param>
    public void Want(ItemKey item, bool mustInclude)
    {
        _types.Add(item.GroupResource);
        if (!_done.Contains(item))
        {
            _wanted[item] = mustInclude || _wanted.GetValueOrDefault(item);
        }
    }

    /// <summary>Notes that an item is written, so that nobody does it again.</summary>
    public void Note(ItemKey item)
    {
        _types.Add(item.GroupResource);
        _wanted.Remove(item);
        _done.Add(item);
    }

    /// <summary>Whether it was noted.</summary>
    public bool IsDone(ItemKey item) => _done.Contains(item);

    /// <summary>What a list brought: it need not be fetched, and whether it insists on being in.</summary>
    public bool TakeFromList(ItemKey item) => _wanted.Remove(item, out var mustInclude) && mustInclude;

    /// <summary>What is still asked for of a type, in order; empties it.</summary>
    public IReadOnlyList<(ItemKey Item, bool MustInclude)> TakeRest(string groupResource)
    {
        var rest = _wanted.Where(pair => pair.Key.GroupResource == groupResource)
            .OrderBy(static pair => pair.Key.Namespace, StringComparer.Ordinal).ThenBy(static pair => pair.Key.Name, StringComparer.Ordinal)
            .Select(static pair => (pair.Key, pair.Value)).ToList();
        rest.ForEach(one => _wanted.Remove(one.Item1));
        return rest;
    }

    /// <summary>The types of which something is asked for.</summary>
    public IReadOnlyList<string> Types => [.. _wanted.Keys.Select(static item => item.GroupResource).Distinct(StringComparer.Ordinal)];
}
