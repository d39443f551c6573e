using System.Text.Json;
using Aeos.Encryption;
using Aeos.Velero.Archive;

namespace Aeos.Backup.Spool;

/// <summary>A whole backup, verified, unpacked and spooled: nothing of it is in memory but where each item is.</summary>
internal sealed class SpooledBackup : IDisposable
{
    /// <summary>Bytes that the names in the index may take: 256 MiB, which is millions of objects.</summary>
    public const long MaxNameBytes = 256L * 1024 * 1024;

    /// <summary>How deep an object may nest. What is deeper is no object of a cluster, and would exhaust the stack of who walks through it.</summary>
    public const int MaxDepth = 512;

    private readonly ItemSpool _spool;
    private readonly SortedDictionary<string, SortedDictionary<string, Dictionary<string, SpooledItem>>> _types = new(StringComparer.Ordinal);
    private long _nameBytes;

    private SpooledBackup(ItemSpool spool) => _spool = spool;

    /// <summary>The archive's version, such as <c>1.1.0</c>; empty for archives from before there was one.</summary>
    public string FormatVersion { get; private set; } = "";

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>The types, in order of their names.</summary>
    public IEnumerable<string> Types => _types.Keys;

    /// <summary>The namespaces that hold something, in order.</summary>
    public IEnumerable<string> Namespaces => _types.Values.SelectMany(type => type.Keys).Where(ns => ns.Length > 0).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads an archive to its verified end.</summary>
    /// <param name="reader">The archive.</param>
    /// <param name="folder">Where the spool's file is; null: the system's folder for temporary files.</param>
    /// <param name="onItem">Told after each item how many there are.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">The archive is not whole, not genuine or not one of Velero's.</exception>
    public static async Task<SpooledBackup> ReadAsync(ArchiveReader reader, string? folder, Action<int>? onItem, CancellationToken cancellationToken)
    {
        var backup = new SpooledBackup(ItemSpool.Create(folder));
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

    /// <summary>A type's items by namespace; the empty namespace is the cluster.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, SpooledItem>> Of(string type) =>
        _types.TryGetValue(type, out var namespaces) ? namespaces : new SortedDictionary<string, Dictionary<string, SpooledItem>>();

    /// <summary>Reads an item; null when the backup has no such.</summary>
    public async ValueTask<byte[]?> ReadAsync(string type, string @namespace, string name, CancellationToken cancellationToken) =>
        _types.TryGetValue(type, out var namespaces) && namespaces.TryGetValue(@namespace, out var items) && items.TryGetValue(name, out var item)
            ? await _spool.ReadAsync(item, cancellationToken).ConfigureAwait(false)
            : null;

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

        // The same item again under its API version's folder.
        if (path.Version.Length > 0)
        {
            return;
        }

        CheckJson(entry);
        Index(path, await _spool.AppendAsync(entry.Content, cancellationToken).ConfigureAwait(false));
    }

    private void Index(ArchivePath path, SpooledItem item)
    {
        if (!_types.TryGetValue(path.GroupResource, out var namespaces))
        {
            CountName(path.GroupResource);
            _types[path.GroupResource] = namespaces = new(StringComparer.Ordinal);
        }

        if (!namespaces.TryGetValue(path.Namespace, out var items))
        {
            CountName(path.Namespace);
            namespaces[path.Namespace] = items = new(StringComparer.Ordinal);
        }

        // As when a tar is unpacked, the last one of a name counts.
        if (!items.ContainsKey(path.Name))
        {
            CountName(path.Name);
            Count++;
        }

        items[path.Name] = item;
    }

    private void CountName(string name)
    {
        _nameBytes += (2L * name.Length) + 64;
        if (_nameBytes > MaxNameBytes)
        {
            throw new ArchiveRefusedException(
                $"The archive's names take more than {MaxNameBytes} bytes of memory", "Restore it in parts, or find out who wrote such an archive.");
        }
    }

    private static void CheckJson(ArchiveReaderEntry entry)
    {
        try
        {
            var reader = new Utf8JsonReader(entry.Content.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException();
            }

            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ArchiveRefusedException(
                $"The archive's entry {Printable.Quote(entry.Name)} is not one JSON object of at most {MaxDepth} levels", ArchiveRefusedException.DamagedRemedy, e);
        }
    }
}
