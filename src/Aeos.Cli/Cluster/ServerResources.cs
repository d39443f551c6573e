using System.Text.Json;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>The resources that a backup server works on, in its namespace. Owns the client.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The server's namespace.</param>
internal sealed class ServerResources(KubernetesClient cluster, string @namespace) : IDisposable
{
    /// <summary>The cluster.</summary>
    public KubernetesClient Cluster => cluster;

    /// <summary>The server's namespace.</summary>
    public string Namespace => @namespace;

    /// <summary>What people call a type: Velero's noun on the command line.</summary>
    public static string Noun(ApiResource type) => type.Kind switch
    {
        "BackupStorageLocation" => "backup-location",
        var kind => kind.ToLowerInvariant(),
    };

    /// <summary>Reads and writes the resources of one type.</summary>
    public ResourceClient<T> Of<T>(ResourceType<T> type)
        where T : class, IResourceDocument => new(cluster, type, @namespace);

    /// <summary>Reads one.</summary>
    /// <exception cref="AeosException">It is not there.</exception>
    public async Task<T> GetAsync<T>(ResourceType<T> type, string name, CancellationToken cancellationToken)
        where T : class, IResourceDocument
        => await Of(type).TryGetAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Missing(type.Api, name);

    /// <summary>Finds those that are named, or all. One of all that cannot be read is warned of: it must not hide the others.</summary>
    /// <param name="type">The type.</param>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="order">The order of names in which they are shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there, or the cluster does not serve the type.</exception>
    public async Task<FoundResources<T>> FindAsync<T>(
        ResourceType<T> type, IReadOnlyList<string> names, Selector? selector, IComparer<string> order, CancellationToken cancellationToken)
        where T : class, IListedDocument
    {
        List<T> found = [];
        var isWhole = true;
        foreach (var name in names)
        {
            var named = await GetAsync(type, name, cancellationToken).ConfigureAwait(false);
            if (selector?.Matches(named.Metadata.Labels ?? new Dictionary<string, string>()) != false)
            {
                found.Add(named);
            }
        }

        if (names.Count == 0)
        {
            isWhole = await ListAsync(type, selector, found, cancellationToken).ConfigureAwait(false);
        }

        return new FoundResources<T>([.. found.OrderBy(static resource => resource.Metadata.Name, order)], isWhole);
    }

    /// <summary>Creates one that may ask for encryption. Where the cluster's definitions do not know <c>spec.encryption</c>, as Velero's, what asks for it is not created.</summary>
    /// <param name="type">The type.</param>
    /// <param name="document">The document.</param>
    /// <param name="encryption">What a document asks for.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">The definitions would drop what it asks for.</exception>
    public async Task CreateAsync<T>(ResourceType<T> type, T document, Func<T, BackupEncryptionSpec?> encryption, CancellationToken cancellationToken)
        where T : class, IResourceDocument
    {
        if (encryption(document) is not { } asked)
        {
            await Of(type).CreateAsync(document, cancellationToken).ConfigureAwait(false);
            return;
        }

        // First in rehearsal: once it is there, a server may take it up at any moment.
        var json = new KubernetesObject(JsonSerializer.SerializeToUtf8Bytes(document, type.Json));
        var rehearsed = Of(type).Read(await cluster.CreateAsync(type.Api, @namespace, json, new WriteOptions { DryRun = true, FieldValidation = "Ignore" }, cancellationToken).ConfigureAwait(false));
        if (encryption(rehearsed) is not { } kept || (kept.Enabled, kept.SecretName) != (asked.Enabled, asked.SecretName))
        {
            throw new AeosException(
                $"the cluster's definition of {type.Api.GroupResource} drops spec.encryption: the backup would be made as the server's flags have it",
                "Leave --features and --encryption-secret out when the server encrypts anyway, or install the definitions of Aeos, with the server, into a cluster without Velero.");
        }

        await Of(type).CreateAsync(document, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates one whose name begins with another's, and ends with random letters, as names do that the API server makes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="prefix">What the name begins with.</param>
    /// <param name="make">Makes the document, given its name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<T> CreateNamedAsync<T>(ResourceType<T> type, string prefix, Func<string, T> make, CancellationToken cancellationToken)
        where T : class, IResourceDocument
    {
        const int LongestPrefix = 58;
        const int Attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            // RFC 1123 forbids "." before "-".
            var name = $"{prefix[..Math.Min(prefix.Length, LongestPrefix)].TrimEnd('.', '-')}-{RandomLetters()}";
            try
            {
                return await Of(type).CreateAsync(make(name), cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesApiException refusal) when (refusal.IsAlreadyExists && attempt < Attempts)
            {
                // Another name is tried.
            }
        }
    }

    public void Dispose() => cluster.Dispose();

    // The API server's alphabet: no vowels, so that no words come out, and nothing that is easily misread.
    private static string RandomLetters() => System.Security.Cryptography.RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz2456789", 5);

    private async Task<bool> ListAsync<T>(ResourceType<T> type, Selector? selector, List<T> found, CancellationToken cancellationToken)
        where T : class, IListedDocument
    {
        var (client, isWhole) = (Of(type), true);
        try
        {
            var query = selector?.Query is { Length: > 0 } text ? text : null;
            await foreach (var item in cluster.List(type.Api, new ListOptions { Namespace = @namespace, LabelSelector = query }).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    found.Add(client.Read(item));
                }
                catch (AeosException refusal)
                {
                    Report.Warning($"{refusal.Cause}. {refusal.Remedy}");
                    isWhole = false;
                }
            }
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            throw new AeosException($"the cluster does not serve {type.Api.GroupResource}", "Install the server with \"aeos install\", or work on a bucket with --location FILE.", refusal);
        }

        return isWhole;
    }

    private AeosException Missing(ApiResource type, string name) => new(
        $"there is no {Noun(type)} {Printable.Quote(name)} in the namespace {@namespace} of the cluster",
        $"List what is there with \"aeos {Noun(type)} get\", name the server's namespace with --namespace, or a bucket with --location FILE.");
}
