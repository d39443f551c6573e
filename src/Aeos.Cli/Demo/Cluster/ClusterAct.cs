using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Cli.Files;
using Aeos.Embedded;
using Aeos.Encryption.Messages;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>The first part: a cluster with an application is backed up, the application is deleted, and restored from the bucket.</summary>
/// <param name="folder">The demo's folder.</param>
/// <param name="keyFile">The key's file.</param>
/// <param name="screen">Shows the steps.</param>
internal sealed class ClusterAct(DemoFolder folder, string keyFile, DemoScreen screen)
{
    /// <summary>The backup.</summary>
    public static readonly BackupKeys Nightly = new("nightly");

    private const string Bucket = "backups";

    private readonly SampleApplication _application = new();

    /// <summary>Looks for the application's secrets.</summary>
    public SecretSearch Search => new(_application.Secrets);

    /// <summary>Plays it.</summary>
    /// <returns>The backup's archive, decrypted.</returns>
    public async Task<byte[]> RunAsync(CancellationToken cancellationToken)
    {
        screen.Act("Part one: a cluster, backed up and restored with a bucket and a key");
        screen.Step("Start a Kubernetes API in this process, and deploy a small web shop");
        await using var cluster = await EmbeddedCluster.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        using var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
        await _application.DeployAsync(cluster, client, cancellationToken).ConfigureAwait(false);
        var before = await ClusterPicture.TakeAsync(client, cancellationToken).ConfigureAwait(false);
        screen.Confirm($"{cluster.Address}: {before.Count} objects, among them a deployment, a service, two Secrets, a custom resource and its definition; endpoints, which controllers make, not counted");

        await using var location = await folder.OpenAsync(Bucket, cancellationToken).ConfigureAwait(false);
        await BackUpAsync(client, location, cancellationToken).ConfigureAwait(false);
        var archive = await SearchAsync(location, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(cluster, client, cancellationToken).ConfigureAwait(false);
        await new RestoreSteps(cluster, client, location, folder, screen).RunAsync(folder.PathOf(Bucket, Nightly.Archive), keyFile, before, cancellationToken).ConfigureAwait(false);
        return archive;
    }

    private async Task BackUpAsync(KubernetesClient client, BareLocation location, CancellationToken cancellationToken)
    {
        screen.Step("Back it up, encrypted");
        screen.Show($"aeos backup create {Nightly.Name} --location location.yaml --include-namespaces {SampleApplication.Namespace} \\");
        screen.Show("    --features EnableEncryption --encryption-key-file demo.key --encryption-scope all");
        using var encryption = await BackupEncryption.PrepareAsync(
            new FileKeyRetriever(keyFile), ArchiveEncryptionFormat.Message, EncryptionScope.All, static _ => { }, cancellationToken).ConfigureAwait(false);
        var request = new BackupRequest
        {
            Name = Nightly.Name,
            Spec = new BackupSpec { IncludedNamespaces = [SampleApplication.Namespace] },
            Encryption = encryption,
        };
        var outcome = await new BackupEngine(client, location.Store, location.Domain, TimeProvider.System).RunAsync(request, null, cancellationToken).ConfigureAwait(false);
        var status = outcome.Document.Status;
        DemoFailedException.Unless(status.Phase == BackupPhase.Completed, $"the backup is {status.Phase}");
        screen.Confirm($"{status.Phase}: {status.Progress?.ItemsBackedUp} items, under the key {encryption.Key.Name}");
    }

    private async Task<byte[]> SearchAsync(BareLocation location, CancellationToken cancellationToken)
    {
        screen.Step("Search the bucket as somebody who got hold of it would");
        foreach (var secret in _application.Secrets)
        {
            screen.Show($"looked for: {secret.Title}");
        }

        screen.Show($"how: {SecretSearch.Method}");
        var archive = await DecryptAsync(location, cancellationToken).ConfigureAwait(false);
        DemoFailedException.Unless(Search.Find(archive).Count == _application.Secrets.Count, "the search does not find the secrets even in the decrypted archive");
        screen.Confirm("the search works: in the decrypted archive it finds all of them");
        var (files, bytes) = Search.RequireNone(folder.Root);
        screen.Confirm($"in the bucket it finds none: {files} files, {ByteCount.Text(bytes)}");
        var readable = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Where(static file => !MessagePrefix.IsMessage(File.ReadAllBytes(file))).Select(Path.GetFileName).ToList();
        DemoFailedException.Unless(readable is ["velero-backup.json"], $"these files are not encrypted: {string.Join(", ", readable)}");
        screen.Confirm($"all but {readable[0]} are encrypted messages; that one holds names, filters and times, as Velero needs it");
        return archive;
    }

    private async Task<byte[]> DecryptAsync(BareLocation location, CancellationToken cancellationToken)
    {
        using var reader = await KeyedReader.OpenAsync(location, keyFile, cancellationToken).ConfigureAwait(false);
        await using var archive = await reader.Bucket.OpenArchiveAsync(Nightly.Name, null, requireEncryption: true, cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        await archive.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        return content.ToArray();
    }

    private async Task DeleteAsync(EmbeddedCluster cluster, KubernetesClient client, CancellationToken cancellationToken)
    {
        screen.Step("Lose it: delete the namespace and the definition");
        await SampleApplication.DeleteAsync(cluster, client, cancellationToken).ConfigureAwait(false);
        var left = await ClusterPicture.TakeAsync(client, cancellationToken).ConfigureAwait(false);
        DemoFailedException.Unless(left.Count == 0, $"{left.Count} objects are still there");
        screen.Confirm("nothing of it is left in the cluster");
    }
}
