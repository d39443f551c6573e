using System.Security.Cryptography;
using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Keys;

/// <summary>Reads a key from a Kubernetes Secret, field <c>encryptionKey</c>, as the proposal has it.</summary>
public sealed class SecretKeyRetriever : IKeyRetriever
{
    /// <summary>The type's name.</summary>
    public const string TypeName = "secret";

    /// <summary>The Secret's field that holds the key.</summary>
    public const string Field = "encryptionKey";

    private const string NamespaceSetting = "namespace";
    private const string NameSetting = "secretName";
    private const int LongestKey = 6144;

    private readonly KubernetesClient _cluster;
    private readonly bool _isHint;

    /// <summary>Makes a retriever; nothing is read yet.</summary>
    /// <param name="cluster">The cluster that has the Secret.</param>
    /// <param name="namespace">The Secret's namespace.</param>
    /// <param name="name">The Secret's name.</param>
    /// <exception cref="KeySourceException">Namespace or name is empty.</exception>
    public SecretKeyRetriever(KubernetesClient cluster, string @namespace, string name)
        : this(cluster, @namespace, name, isHint: false)
    {
    }

    private SecretKeyRetriever(KubernetesClient cluster, string @namespace, string name, bool isHint)
    {
        (_cluster, _isHint) = (cluster, isHint);
        Namespace = Required(@namespace, "namespace", "--namespace");
        Name = Required(name, "name", "--encryption-secret");
        Config = new Dictionary<string, string>(StringComparer.Ordinal) { [NameSetting] = Name, [NamespaceSetting] = Namespace };
    }

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Config { get; }

    /// <summary>The Secret's namespace.</summary>
    public string Namespace { get; }

    /// <summary>The Secret's name.</summary>
    public string Name { get; }

    // What stands for a file in the shell command that an error proposes.
    private string Readable => $"<(kubectl get secret -n {Namespace} {Name} -o jsonpath='{{.data.{Field}}}' | base64 -d)";

    /// <inheritdoc/>
    public async Task<RetrievedKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        var secret = await _cluster.TryGetAsync(WellKnownResources.Secrets, Namespace, Name, cancellationToken).ConfigureAwait(false)
            ?? throw new KeySourceException(
                $"there is no Secret {Printable.Quote($"{Namespace}/{Name}")} to read the encryption key from",
                _isHint
                    ? "Create it again with the key that the backup was made with; from a command line, give that key's file with --encryption-key-file. A new key does not open it."
                    : "Create it with \"aeos keygen -o secret\", or name another with --encryption-secret and --namespace.");
        var key = Decode(secret);
        try
        {
            return new RetrievedKey(KeyText.Parse(key, $"Secret {Namespace}/{Name} field {Field}", out var warning, Readable), warning);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>A retriever for what a backup's document says.</summary>
    internal static SecretKeyRetriever FromConfig(IReadOnlyDictionary<string, string> config, KeyScope scope)
    {
        var (ns, name) = (config.GetValueOrDefault(NamespaceSetting) ?? "", config.GetValueOrDefault(NameSetting) ?? "");
        if (scope.Cluster is not { } cluster)
        {
            throw new KeySourceException(
                $"the backup says that its key is in the Secret {Printable.Quote($"{ns}/{name}")}, and no cluster is at hand to read it from",
                "Give the key with --encryption-key-file.");
        }

        var retriever = new SecretKeyRetriever(cluster, ns, name, isHint: true);
        return ns == scope.Namespace ? retriever : throw new KeySourceException(
            $"the backup says that its key is in the Secret {Printable.Quote($"{ns}/{name}")}, but keys are read in the namespace {Printable.Quote(scope.Namespace)} only",
            "If that is where the key is, name the namespace with --namespace; otherwise give the key with --encryption-key-file.");
    }

    private byte[] Decode(KubernetesObject secret)
    {
        byte[] key;
        try
        {
            key = SecretField.Read(secret, Field) ?? throw new KeySourceException(
                $"the Secret {Printable.Quote($"{Namespace}/{Name}")} lacks the field {Field}",
                "Put the key into that field (\"aeos keygen -o secret\" makes such a Secret), or name another Secret.");
        }
        catch (FormatException)
        {
            throw NotAKey();
        }

        if (key.Length is > 0 and <= LongestKey)
        {
            return key;
        }

        CryptographicOperations.ZeroMemory(key);
        throw key.Length == 0
            ? new KeySourceException($"the field {Field} of the Secret {Printable.Quote($"{Namespace}/{Name}")} is empty", "Put a key into it; \"aeos keygen -o secret\" makes one.")
            : NotAKey();
    }

    private KeySourceException NotAKey() => new(
        $"the field {Field} of the Secret {Printable.Quote($"{Namespace}/{Name}")} does not hold a key", "Put 16, 24 or 32 bytes into it, or a key line; \"aeos keygen -o secret\" does.");

    private static string Required(string value, string what, string flag) => value.Length > 0 ? value
        : throw new KeySourceException($"the {what} of the Secret that holds the encryption key is empty", $"Name it with {flag}.");
}
