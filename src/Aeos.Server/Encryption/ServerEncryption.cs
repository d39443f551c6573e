using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Encryption;

/// <summary>Decides how a backup is encrypted: by the server's flags, and by what the Backup asks for where that is allowed. Never falls back to plaintext.</summary>
/// <param name="server">The server.</param>
internal sealed partial class ServerEncryption(ServerContext server)
{
    private readonly ILogger _log = server.Logs.CreateLogger("encryption");

    /// <summary>What a spec asks for that the server does not allow; null: nothing.</summary>
    public string? Problem(BackupSpec spec) => spec.Encryption switch
    {
        { Enabled: false } when server.Options.RequireEncryption => "spec.encryption.enabled is false, and the server requires encryption (--require-encryption)",
        { Enabled: false, SecretName.Length: > 0 } => "spec.encryption names a Secret and switches encryption off",
        { SecretName: { Length: > 0 } name } when !DnsName.IsSubdomain(name) => $"spec.encryption.secretName is {Printable.Quote(name)}, which is no Secret's name",
        { Others.Count: > 0 } unknown => $"spec.encryption.{unknown.Others.Keys.First()} is not known",
        _ when SecretOf(spec) is null && Encrypts(spec) => "spec.encryption asks for encryption, and neither it nor the server (--encryption-secret) names a Secret",
        _ => null,
    };

    /// <summary>Fetches the key for a backup.</summary>
    /// <returns>How it is encrypted; the caller disposes it. Null: it is not to be encrypted, and the server allows that.</returns>
    /// <exception cref="KeySourceException">There is no usable key.</exception>
    /// <exception cref="AeosException">Encryption is required and not asked for.</exception>
    /// <exception cref="KubernetesException">The API server is away.</exception>
    public async Task<BackupEncryption?> PrepareAsync(BackupSpec spec, CancellationToken cancellationToken)
    {
        var options = server.Options;
        if (!Encrypts(spec))
        {
            return options.RequireEncryption
                ? throw new AeosException(
                    "the server requires encryption (--require-encryption), and neither its flags nor the Backup ask for it",
                    "Start the server with --features EnableEncryption and --encryption-secret.")
                : null;
        }

        if (SecretOf(spec) is not { Length: > 0 } secret)
        {
            throw new KeySourceException("the feature EnableEncryption is on, and no Secret with a key is named", "Name it with --encryption-secret.");
        }

        if (!DnsName.IsSubdomain(secret))
        {
            throw new KeySourceException($"{Printable.Quote(secret)} is no Secret's name", "Name the Secret with the key with --encryption-secret.");
        }

        try
        {
            return await BackupEncryption.PrepareAsync(
                new SecretKeyRetriever(server.Cluster, options.Namespace, secret), options.EncryptionFormat, options.EncryptionScope, Weak, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AeosException failure) when (failure is not KeySourceException)
        {
            // What is in the Secret is no key.
            throw new KeySourceException(failure.Cause, failure.Remedy, failure);
        }
        catch (KubernetesApiException refusal) when (refusal.IsForbidden)
        {
            throw new KeySourceException($"the server may not read the Secret {Printable.Quote($"{options.Namespace}/{secret}")}: {refusal.Cause}", "Allow its service account to get it.", refusal);
        }
    }

    /// <summary>Fetches the server's own key, to read with.</summary>
    /// <returns>It; the caller disposes it. Null: none is named, or it cannot be had, and other keys have to do.</returns>
    public async Task<WrappingKey?> TryFetchOwnKeyAsync(CancellationToken cancellationToken)
    {
        if (server.Options.EncryptionSecret is not { Length: > 0 } secret)
        {
            return null;
        }

        try
        {
            return (await new SecretKeyRetriever(server.Cluster, server.Options.Namespace, secret).GetKeyAsync(cancellationToken).ConfigureAwait(false)).Key;
        }
        catch (Exception failure) when (failure is AeosException or KubernetesException)
        {
            // The backup's own key may do; if not, the error about that is the one to read.
            return null;
        }
    }

    private bool Encrypts(BackupSpec spec) => spec.Encryption switch
    {
        { Enabled: { } said } => said,
        { SecretName.Length: > 0 } => true,
        _ => server.Options.EnableEncryption,
    };

    private string? SecretOf(BackupSpec spec) => spec.Encryption?.SecretName is { Length: > 0 } named ? named : server.Options.EncryptionSecret;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Weak(string warning);
}
