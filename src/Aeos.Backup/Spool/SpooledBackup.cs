using System.Text.Json;
using Aeos.Encryption;
using Aeos.Velero.Archive;

namespace Aeos.Backup.Spool;

/// <summary>A whole backup, verified, unpacked and spooled: nothing of it is in memory but where each item is.</summary>
internal sealed class SpooledBackup : IDisposable
{
    /// <summary>Bytes that the index may take: 256 MiB, which is more than three million objects.</summary>
    public const long MaxIndexBytes = 256L * 1024 * 1024;

    // A name's place in its table, and what growing by halves leaves unused.
    private const int IndexEntryBytes = 48;

    private readonly ItemSpool _spool;
    private readonly bool _keepsVersions;
    private readonly SortedDictionary<string, SpooledType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private long _indexBytes;

    private SpooledBackup(ItemSpool spool, bool keepsVersions)
    {
        _spool = spool;
        _keepsVersions = keepsVersions;
    }

    /// <summary>The archive's version, such as <c>1.1.0</c>; empty for archives from before there was one.</summary>
    public string FormatVersion { get; private set; } = "";

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>The types, in order of their names.</summary>
    public IEnumerable<string> Types => _types.Keys;

    /// <summary>Reads an archive to its verified end.</summary>
    /// <param name="reader">The archive.</param>
    /// <param name="folder">Where the spool's file is; null: the system's folder for temporary files.</param>
    /// <param name="keepsVersions">Whether objects are kept in all the versions that the archive has, and not in the preferred one alone.</param>
    /// <param name="onItem">Told after each item how many there are.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">The archive is not whole, not genuine or not one of Velero's.</exception>
    public static async Task<SpooledBackup> ReadAsync(
        ArchiveReader reader, string? folder, bool keepsVersions, Action<int>? onItem, CancellationToken cancellationToken)
    {
        var backup = new SpooledBackup(ItemSpool.Create(folder), keepsVersions);
        try
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            {
                await backup.AddAsync(entry, cancellationToken).ConfigureAwait(false);
                onItem?.Invoke(backup.Count);
            }

            await backup._spool.FlushAsync(cancellationToken).ConfigureAwait(false);
            return backup;
        }
        catch
        {
            backup.Dispose();
            throw;
        }
    }

    /// <summary>A type's items, namespace after namespace, each in the archive's order.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isWanted">Which namespaces; the empty one is the cluster.</param>
    public IEnumerable<ItemKey> Of(string type, Func<string, bool> isWanted) => _types.TryGetValue(type, out var spooled)
        ? spooled.Scopes.Where(scope => isWanted(scope.Key)).SelectMany(scope => scope.Value.Names.Select(name => new ItemKey(type, scope.Key, name)))
        : [];

    /// <summary>The version of a type that the backup's cluster preferred; null when the archive does not say.</summary>
    public string? PreferredVersionOf(string type) => _types.GetValueOrDefault(type)?.PreferredVersion;

    /// <summary>The versions of a type that the archive has.</summary>
    public IEnumerable<string> VersionsOf(string type) => _types.TryGetValue(type, out var spooled) ? spooled.Versions : [];

    /// <summary>Whether the backup has a namespace, or anything in it.</summary>
    public bool HasNamespace(string name) =>
        Has(new ItemKey(TypeNames.Namespaces, "", name)) || _types.Values.Any(type => type.Scopes.ContainsKey(name));

    /// <summary>Whether the backup has the item.</summary>
    public bool Has(ItemKey key) => Find(key, null) is not null;

    /// <summary>Reads an item.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="version">In which version; null: the preferred one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Its JSON; null when the backup has no such.</returns>
    public async ValueTask<byte[]?> ReadAsync(ItemKey key, string? version, CancellationToken cancellationToken) =>
        Find(key, version) is { } item ? await _spool.ReadAsync(item, cancellationToken).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public void Dispose() => _spool.Dispose();

    private async ValueTask AddAsync(ArchiveReaderEntry entry, CancellationToken cancellationToken)
    {
        // Velero's tar writer has no leading "./"; tars that were repacked by hand often do.
        var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        if (name == ArchiveFormat.VersionPath)
        {
            FormatVersion = System.Text.Encoding.UTF8.GetString(entry.Content.Span).Trim();
            if (!FormatVersion.StartsWith("1.", StringComparison.Ordinal) && FormatVersion != "1")
            {
                throw new ArchiveRefusedException(
                    $"The archive is of version {Printable.Quote(FormatVersion)}; versions 1.x are known", "Restore it with the program that wrote it.");
            }

            return;
        }

        if (!ArchivePath.TryParse(name, out var path))
        {
            throw new ArchiveRefusedException(
                $"The archive has an entry {Printable.Quote(entry.Name)}, which Velero's layout has no place for", ArchiveRefusedException.DamagedRemedy);
        }

        CheckJson(entry);
        var type = TypeOf(path.GroupResource);
        if (path.IsPreferred)
        {
            // The same object again.
            type.PreferredVersion ??= Known(path.Version);
        }
        else if (path.Version.Length == 0)
        {
            Count += Index(type.Scopes, path, await _spool.AppendAsync(entry.Content, cancellationToken).ConfigureAwait(false)) ? 1 : 0;
        }
        else if (_keepsVersions)
        {
            Index(type.In(Known(path.Version)), path, await _spool.AppendAsync(entry.Content, cancellationToken).ConfigureAwait(false));
        }
    }

    private SpooledItem? Find(ItemKey key, string? version) =>
        _types.TryGetValue(key.GroupResource, out var spooled) ? spooled.Find(version, key.Namespace, key.Name) : null;

    private SpooledType TypeOf(string groupResource)
    {
        if (!_types.TryGetValue(groupResource, out var type))
        {
            CountName(groupResource);
            _types[groupResource] = type = new SpooledType();
        }

        return type;
    }

    // As when a tar is unpacked, the last one of a name counts.
    private bool Index(SortedDictionary<string, NameTable<SpooledItem>> scopes, ArchivePath path, SpooledItem item)
    {
        if (!scopes.TryGetValue(path.Namespace, out var items))
        {
            scopes[Known(path.Namespace)] = items = new();
        }

        var place = items.FindOrAdd(path.Name, out var isNew);
        items[place] = item;
        if (isNew)
        {
            CountName(path.Name);
        }

        return isNew;
    }

    // Versions and namespaces come again with each type.
    private string Known(string name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        CountName(name);
        return _names[name] = name;
    }

    private void CountName(string name)
    {
        _indexBytes += name.Length + IndexEntryBytes;
        if (_indexBytes > MaxIndexBytes)
        {
            throw new ArchiveRefusedException(
                $"The archive's names take more than {MaxIndexBytes} bytes of memory", "Restore it in parts, or find out who wrote such an archive.");
        }
    }

    private static void CheckJson(ArchiveReaderEntry entry)
    {
        try
        {
            ItemJson.Check(entry.Content.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArchiveRefusedException(
                $"The archive's entry {Printable.Quote(entry.Name)} is not one JSON object of at most {ItemJson.MaxDepth} levels in UTF-8",
                ArchiveRefusedException.DamagedRemedy,
                e);
        }
    }
}
