using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Server.Installation;

/// <summary>The Secret with the key that backups are encrypted with. It has the proposal's field, stays out of backups, and no uninstallation removes it.</summary>
public static class KeySecret
{
    /// <summary>The proposal's field: the raw key.</summary>
    public const string Field = "encryptionKey";

    /// <summary>The name where nobody gives another.</summary>
    public const string DefaultName = "aeos-encryption-key";

    // A manifest with two names of at most 253 characters.
    private const int Capacity = 2048;

    /// <summary>Whether the Secret is there.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="namespace">The server's namespace.</param>
    /// <param name="name">The Secret's name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<bool> ExistsAsync(KubernetesClient cluster, string @namespace, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return await cluster.TryGetAsync(WellKnownResources.Secrets, @namespace, name, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Makes the Secret. One that is there is never replaced: backups may need its key.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="namespace">The server's namespace.</param>
    /// <param name="name">The Secret's name.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Whether it was made; false: one is there.</returns>
    /// <exception cref="KubernetesException">The cluster refuses it or cannot be reached.</exception>
    public static async Task<bool> CreateAsync(KubernetesClient cluster, string @namespace, string name, WrappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(key);
        var manifest = new PinnedWriter(GC.AllocateArray<byte>(Capacity, pinned: true));
        try
        {
            await cluster.CreateAsync(
                WellKnownResources.Secrets, @namespace, new KubernetesObject(Write(manifest, @namespace, name, key)), new WriteOptions { FieldManager = "aeos-install" }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (KubernetesApiException refusal) when (refusal.IsAlreadyExists)
        {
            return false;
        }
        finally
        {
            manifest.Wipe();
        }
    }

    private static ReadOnlyMemory<byte> Write(PinnedWriter manifest, string @namespace, string name, WrappingKey key)
    {
        using var writer = new Utf8JsonWriter(manifest);
        writer.WriteStartObject();
        writer.WriteString("apiVersion", "v1");
        writer.WriteString("kind", "Secret");
        writer.WriteStartObject("metadata");
        writer.WriteString("name", name);
        writer.WriteString("namespace", @namespace);
        writer.WriteStartObject("labels");
        writer.WriteString("app.kubernetes.io/name", "aeos");
        writer.WriteString(Ownership.Label, Ownership.Value);
        writer.WriteString("velero.io/exclude-from-backup", "true");
        writer.WriteEndObject();
        writer.WriteStartObject("annotations");
        writer.WriteString("aeos.io/key-name", key.Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("type", "Opaque");
        writer.WriteStartObject("data");
        writer.WriteBase64String(Field, key.Bytes);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return manifest.Written;
    }

    // The key's only copy in this process beside the key itself and what the connection holds; it is wiped.
    private sealed class PinnedWriter(byte[] buffer) : IBufferWriter<byte>
    {
        private int _length;

        public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, _length);

        public void Advance(int count) => _length += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => buffer.AsMemory(_length);

        public Span<byte> GetSpan(int sizeHint = 0) => buffer.AsSpan(_length);

        public void Wipe() => CryptographicOperations.ZeroMemory(buffer);
    }
}
