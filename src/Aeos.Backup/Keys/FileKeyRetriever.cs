using Aeos.Encryption;
using Aeos.Encryption.Keys;

namespace Aeos.Backup.Keys;

/// <summary>Reads a key from a file. The bucket learns the file's name and not its folder.</summary>
public sealed class FileKeyRetriever : IKeyRetriever
{
    /// <summary>The type's name.</summary>
    public const string TypeName = "file";

    private const string FileSetting = "fileName";

    private readonly string _path;

    /// <summary>Makes a retriever; nothing is read yet.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="KeySourceException">The path is empty.</exception>
    public FileKeyRetriever(string path)
    {
        _path = path.Length > 0 ? path
            : throw new KeySourceException("the path of the file that holds the encryption key is empty", "Name it with --encryption-key-file.");
        Config = new Dictionary<string, string>(StringComparer.Ordinal) { [FileSetting] = Path.GetFileName(path) };
    }

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Config { get; }

    /// <inheritdoc/>
    public async Task<RetrievedKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        var (key, warning) = await KeyText.ReadFileAsync(_path, cancellationToken).ConfigureAwait(false);
        return new RetrievedKey(key, warning);
    }

    /// <summary>A retriever for what a backup's document says.</summary>
    internal static FileKeyRetriever FromConfig(IReadOnlyDictionary<string, string> config, KeyScope scope)
    {
        var name = config.GetValueOrDefault(FileSetting) ?? "";
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny("/\\\0") >= 0)
        {
            throw new KeySourceException(
                $"the backup says that its key is in the file {Printable.Quote(name)}, which is not the name of a file", "Give the key with --encryption-key-file.");
        }

        return scope.KeyFolder is { } folder ? new FileKeyRetriever(Path.Combine(folder, name)) : throw new KeySourceException(
            $"the backup says that its key is in a file {Printable.Quote(name)}, and no folder of keys is configured", "Give the key with --encryption-key-file.");
    }
}
