using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;

namespace Aeos.Cli.Engine;

/// <summary>The options that say with which keys a backup may be read.</summary>
internal sealed class ReadingKeyOptions
{
    private readonly Option<string[]> _files = new("--encryption-key-file")
    {
        HelpName = "FILE",
        Description = "A key's file, as keygen --out writes it, or raw. May be given several times. Absent: the key that the backup's document names, where it may be read, and the location's.",
    };

    private readonly Option<string?> _secret = new("--encryption-secret") { HelpName = "NAME", Description = "The Secret, in --namespace, whose field encryptionKey is the key." };

    private readonly Option<string?> _folder = new("--encryption-key-folder")
    {
        HelpName = "FOLDER",
        Description = "Where key files may be read that a backup's document names. Absent: the folder of the first --encryption-key-file.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_files, _secret, _folder];

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_secret);
        command.Add(_folder);
    }

    /// <summary>Refuses names that are empty, and a folder of keys that is none: its keys would be passed over in silence where others are at hand.</summary>
    /// <exception cref="UsageException">Says which name is empty.</exception>
    /// <exception cref="AeosException">There is no such folder.</exception>
    public void Check(ParseResult result)
    {
        if ((result.GetValue(_files) ?? []).Contains(""))
        {
            throw new UsageException("the path in --encryption-key-file is empty", "Name the key's file.");
        }

        if (result.GetValue(_secret) is "")
        {
            throw new UsageException("the name in --encryption-secret is empty", "Name the key's Secret.");
        }

        if (result.GetValue(_folder) is { } folder && !Directory.Exists(folder))
        {
            throw folder.Length == 0
                ? new UsageException("the path in --encryption-key-folder is empty", "Name the folder of key files, or leave the option out.")
                : new AeosException($"there is no folder {folder} to read keys from", "Give --encryption-key-folder the folder of the files that backups name as their keys.");
        }
    }

    /// <summary>Whether the command line names a key.</summary>
    public bool AreNamed(ParseResult result) => result.GetValue(_files) is { Length: > 0 } || result.GetValue(_secret) is not null;

    /// <summary>Where a backup's document may point to.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="cluster">The cluster; null where there is none.</param>
    /// <param name="namespace">The one namespace whose Secrets may be read.</param>
    public KeyScope Scope(ParseResult result, KubernetesClient? cluster, string @namespace) => new()
    {
        Cluster = cluster,
        Namespace = @namespace,
        KeyFolder = result.GetValue(_folder) ?? (result.GetValue(_files) is [var first, ..] ? Path.GetDirectoryName(Path.GetFullPath(first)) : null),
    };

    /// <summary>Reads the keys that were named. The caller disposes them.</summary>
    /// <exception cref="AeosException">One cannot be read.</exception>
    public async Task<List<WrappingKey>> ReadAsync(ParseResult result, KeyScope scope, CancellationToken cancellationToken)
    {
        List<IKeyRetriever> retrievers = [.. (result.GetValue(_files) ?? []).Select(static file => new FileKeyRetriever(file))];
        if (result.GetValue(_secret) is { } secret)
        {
            retrievers.Add(scope.Cluster is null
                ? throw new AeosException("--encryption-secret needs a cluster, and none is configured", "Name the cluster with --kubeconfig, or give the key with --encryption-key-file.")
                : new SecretKeyRetriever(scope.Cluster, scope.Namespace, secret));
        }

        List<WrappingKey> keys = [];
        try
        {
            foreach (var retriever in retrievers)
            {
                keys.Add((await retriever.GetKeyAsync(cancellationToken).ConfigureAwait(false)).Take(Report.Warning));
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
