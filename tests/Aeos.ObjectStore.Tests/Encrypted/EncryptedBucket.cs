using System.Security.Cryptography;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Filesystem;
using Aeos.ObjectStore.Prefixed;

namespace Aeos.ObjectStore.Tests.Encrypted;

/// <summary>A bucket in a folder with one key, as several encrypting stores see it, and as an attacker who can write to it does.</summary>
internal sealed class EncryptedBucket : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public EncryptedBucket() => _root.Make("velero");

    public ListLogger Log { get; } = new();

    /// <summary>The bucket without encryption.</summary>
    public IObjectStore Bare => new FilesystemStore(_root.Path, "velero");

    public IObjectStore Open(
        EncryptionScope scope = EncryptionScope.All,
        string? domain = null,
        bool allowPlaintext = false,
        string? prefix = null,
        string bucket = "velero",
        byte[]? key = null,
        Func<IObjectStore, IObjectStore>? around = null)
    {
        IObjectStore store = new FilesystemStore(_root.Path, bucket);
        store = around is null ? store : around(store);
        store = prefix is null ? store : new PrefixedObjectStore(store, prefix);
        return new EncryptedObjectStore(store, new Keyring([WrappingKey.FromBytes(key ?? _key)]), scope, domain, allowPlaintext, Log);
    }

    public void Rename(string from, string to) => Directory.Move(Path.Combine(_root.Path, from), Path.Combine(_root.Path, to));

    public void Dispose() => _root.Dispose();
}
