using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;

namespace Aeos.Cli.Restores;

/// <summary>The options that say with which keys a backup may be read.</summary>
internal sealed class ReadKeyOptions
{
    private readonly Option<string[]> _files = new("--encryption-key-file")
    {
        HelpName = "FILE",
        Description = "A key's file, as keygen --out writes it, or raw. May be given several times. Other files of its folder may be read when the backup names them.",
    };

    private readonly Option<string?> _secret = new("--encryption-secret") { HelpName = "NAME", Description = "The Secret that holds the key, in --namespace, field encryptionKey." };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        HelpName = "NAME",
        Description = "The one namespace whose Secrets may hold keys. Default: velero.",
        DefaultValueFactory = static _ => "velero",
    };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_secret);
        command.Add(_namespace);
    }

    /// <summary>Where a backup's document may point to.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="cluster">The cluster; null where none is asked.</param>
    public KeyScope Scope(ParseResult result, KubernetesClient? cluster) => new()
    {
        Cluster = cluster,
        Namespace = result.GetRequiredValue(_namespace),
        KeyFolder = result.GetValue(_files) is [var first, ..] ? Path.GetDirectoryName(Path.GetFullPath(first)) : null,
    };

    /// <summary>Reads the keys that were named. The caller disposes them.</summary>
    /// <exception cref="AeosException">One cannot be read.</exception>
    public async Task<List<WrappingKey>> ReadAsync(ParseResult result, KubernetesClient? cluster, CancellationToken cancellationToken)
    {
        List<IKeyRetriever> retrievers = [.. (result.GetValue(_files) ?? []).Select(static file => new FileKeyRetriever(file))];
        if (result.GetValue(_secret) is { } secret)
        {
            retrievers.Add(cluster is null
                ? throw new UsageException("--encryption-secret needs a cluster", "Give the key with --encryption-key-file.")
                : new SecretKeyRetriever(cluster, result.GetRequiredValue(_namespace), secret));
        }

        List<WrappingKey> keys = [];
        try
        {
            foreach (var retriever in retrievers)
            {
                var (key, warning) = await retriever.GetKeyAsync(cancellationToken).ConfigureAwait(false);
                keys.Add(key);
                if (warning is not null)
                {
                    Report.Warning(warning);
                }
            }

            return keys;
        }
        catch
        {
            keys.ForEach(static key => key.Dispose());
            throw;
        }
    }
}
