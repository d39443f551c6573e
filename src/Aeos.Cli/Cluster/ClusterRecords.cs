using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Aeos.Backup.Filters;
using Aeos.Backup.Reading;
using Aeos.Cli.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Records in the cluster's resources, and what their server hands out.</summary>
/// <param name="resources">The resources.</param>
/// <param name="downloads">What the server hands out.</param>
internal sealed class ClusterRecords(ServerResources resources, ServerDownloads downloads) : IRecords
{
    /// <summary>The Secret of the server's download endpoint, which has its authority beside its certificate.</summary>
    public const string CertificateSecret = "aeos-downloads-tls";

    private const string Authority = "ca.crt";

    private bool _hasTrust;

    public Task<FoundResources<BackupDocument>> FindBackupsAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken) =>
        resources.FindAsync(VeleroTypes.Backups, names, selector, BackupOrder.Instance, cancellationToken);

    public Task<FoundResources<RestoreDocument>> FindRestoresAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken) =>
        resources.FindAsync(VeleroTypes.Restores, names, selector, StringComparer.Ordinal, cancellationToken);

    public Task<Companion> ReadAsync(RecordPart part, BackupDocument backup, CancellationToken cancellationToken) =>
        ReadAsync(part, backup.Spec.StorageLocation, IsThere(part, backup.Status.CompletionTimestamp, backup.Status.Errors, backup.Status.Warnings), cancellationToken);

    public async Task<Companion> ReadAsync(RecordPart part, RestoreDocument restore, CancellationToken cancellationToken) =>
        await ReadAsync(
            part,
            await LocationOfAsync(restore, cancellationToken).ConfigureAwait(false),
            IsThere(part, restore.Status.CompletionTimestamp, restore.Status.Errors, restore.Status.Warnings),
            cancellationToken).ConfigureAwait(false);

    public Task<Stream> OpenLogAsync(BackupDocument backup, CancellationToken cancellationToken) => OpenLogAsync(
        RecordPart.BackupLog(backup.Metadata.Name),
        backup.Spec.StorageLocation,
        backup.Status.Phase is BackupPhase.Completed or BackupPhase.PartiallyFailed or BackupPhase.Failed,
        backup.Status.Phase,
        cancellationToken);

    public async Task<Stream> OpenLogAsync(RestoreDocument restore, CancellationToken cancellationToken) => await OpenLogAsync(
        RecordPart.RestoreLog(restore.Metadata.Name),
        await LocationOfAsync(restore, cancellationToken).ConfigureAwait(false),
        restore.Status.Phase is RestorePhase.Completed or RestorePhase.PartiallyFailed or RestorePhase.Failed,
        restore.Status.Phase,
        cancellationToken).ConfigureAwait(false);

    public Task<Stream> OpenArchiveAsync(BackupDocument backup, CancellationToken cancellationToken) =>
        OpenAsync(RecordPart.BackupArchive(backup.Metadata.Name), backup.Spec.StorageLocation, cancellationToken);

    public async Task<IReadOnlyList<DeleteBackupRequestDocument>> FindDeletionsAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var selector = new Selector(new LabelSelector { MatchLabels = DeletionLabels.Of(backup) });
        var found = new List<DeleteBackupRequestDocument>();
        try
        {
            await foreach (var request in resources.Of(VeleroTypes.DeleteBackupRequests).ListAsync(selector.Query, cancellationToken).ConfigureAwait(false))
            {
                found.Add(request);
            }
        }
        catch (KubernetesException failure)
        {
            Report.Warning($"what became of requests to delete the backup {backup.Metadata.Name} is not known: {failure.Cause}");
        }

        return found;
    }

    public Task<string?> GlanceAsync(BackupDocument backup, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Without errors and warnings, the results say nothing: as with Velero's client, they are not asked for.
    private static bool IsThere(RecordPart part, string? completion, int? errors, int? warnings) =>
        completion is not null && (part.Kind is not (DownloadTargetKind.BackupResults or DownloadTargetKind.RestoreResults) || (errors ?? 0) + (warnings ?? 0) > 0);

    private async Task<Companion> ReadAsync(RecordPart part, string? location, bool isThere, CancellationToken cancellationToken)
    {
        if (!isThere)
        {
            return new Companion(part.Key, null);
        }

        try
        {
            await using var packed = await OpenAsync(part, location, cancellationToken).ConfigureAwait(false);
            await using var content = new GZipStream(packed, CompressionMode.Decompress);
            return new Companion(part.Key, await ReadWholeAsync(content, part.Key, cancellationToken).ConfigureAwait(false));
        }
        catch (PartMissingException)
        {
            return new Companion(part.Key, null);
        }
        catch (InvalidDataException)
        {
            return new Companion(part.Key, null, $"\"{part.Key}\" is not gzip");
        }
        catch (AeosException failure)
        {
            return new Companion(part.Key, null, failure.Cause);
        }
        catch (KubernetesException failure)
        {
            return new Companion(part.Key, null, failure.Cause);
        }
    }

    private async Task<Stream> OpenLogAsync(RecordPart part, string? location, bool hasEnded, string? phase, CancellationToken cancellationToken) => hasEnded
        ? new GZipStream(await OpenAsync(part, location, cancellationToken).ConfigureAwait(false), CompressionMode.Decompress)
        : throw new AeosException($"there is no log of {part.Name} yet: its phase is {phase ?? "New"}", "Wait until it has ended, and look at its phase when it never begins.");

    private async Task<Stream> OpenAsync(RecordPart part, string? location, CancellationToken cancellationToken)
    {
        if (!_hasTrust)
        {
            _hasTrust = true;
            await TrustServerAsync(cancellationToken).ConfigureAwait(false);
            await TrustLocationAsync(location, cancellationToken).ConfigureAwait(false);
        }

        return await downloads.OpenAsync(part, cancellationToken).ConfigureAwait(false);
    }

    private Task TrustServerAsync(CancellationToken cancellationToken) => TrustSecretAsync(CertificateSecret, Authority, cancellationToken);

    // As Velero's client does it: the store's own addresses may be behind the location's authority.
    private async Task TrustLocationAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not { Length: > 0 } || await TryAsync(() => resources.Of(VeleroTypes.BackupStorageLocations).TryGetAsync(name, cancellationToken)).ConfigureAwait(false) is not { } location)
        {
            return;
        }

        if (location.Spec.ObjectStorage?.CaCertRef is { Name.Length: > 0, Key.Length: > 0 } reference)
        {
            await TrustSecretAsync(reference.Name, reference.Key, cancellationToken).ConfigureAwait(false);
        }
        else if (location.Spec.ObjectStorage?.CaCert is { Length: > 0 } base64)
        {
            Trust(base64);
        }
    }

    private async Task TrustSecretAsync(string name, string field, CancellationToken cancellationToken)
    {
        if (await TryAsync(() => resources.Cluster.TryGetAsync(WellKnownResources.Secrets, resources.Namespace, name, cancellationToken)).ConfigureAwait(false) is not { } secret)
        {
            return;
        }

        using var document = JsonDocument.Parse(secret.Json);
        if (document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty(field, out var content) && content.ValueKind == JsonValueKind.String)
        {
            Trust(content.GetString()!);
        }
    }

    private void Trust(string base64)
    {
        var bytes = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64, bytes, out var length))
        {
            downloads.Trust.Add(Encoding.UTF8.GetString(bytes.AsSpan(0, length)));
        }
    }

    // Nobody has to be allowed to read them: what is not trusted is refused, with words about that.
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is KubernetesException or AeosException)
        {
            return null;
        }
    }

    private async Task<string?> LocationOfAsync(RestoreDocument restore, CancellationToken cancellationToken) =>
        restore.Spec.BackupName is { Length: > 0 } name
            ? (await TryAsync(() => resources.Of(VeleroTypes.Backups).TryGetAsync(name, cancellationToken)).ConfigureAwait(false))?.Spec.StorageLocation : null;

    private static async Task<byte[]> ReadWholeAsync(Stream content, string key, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > BucketReader.LongestCompanion)
            {
                throw new AeosException($"\"{key}\" is longer than {BucketReader.LongestCompanion >> 20} MiB unpacked", "Look at who can write to the bucket.");
            }
        }

        return whole.ToArray();
    }
}
