using System.Text.Json;
using Aeos.Backup.Reporting;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Records;

/// <summary>
/// What a restore leaves in the bucket, under Velero's names: the log, which grows with the work, then results, resource list, item operations, volume info, and
/// the Restore itself last. Without a commit nothing of it is visible.
/// </summary>
internal sealed class RestoreRecords : IAsyncDisposable
{
    // The work is done then, and may have been cancelled: what it did is still written down, but not at any price.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const int MostPending = 16 * 1024;

    private readonly IObjectStore _companions;
    private readonly IObjectStore _plain;
    private readonly RestoreKeys _keys;
    private readonly RestoreOptions _options;
    private readonly TimeProvider _time;
    private readonly GzipObject _logObject;

    private RestoreRecords(IObjectStore companions, IObjectStore plain, RestoreKeys keys, RestoreOptions options, TimeProvider time, GzipObject logObject)
    {
        (_companions, _plain, _keys, _options, _time, _logObject) = (companions, plain, keys, options, time, logObject);
        Log = new OperationLog(logObject.Content, "restore", $"{options.Namespace}/{options.Name}", time);
    }

    /// <summary>The log.</summary>
    public OperationLog Log { get; }

    /// <summary>Opens the log.</summary>
    /// <param name="companions">Takes all but the Restore.</param>
    /// <param name="plain">Takes the Restore.</param>
    /// <param name="keys">The objects' names.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<RestoreRecords> BeginAsync(
        IObjectStore companions, IObjectStore plain, RestoreKeys keys, RestoreOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        new(companions, plain, keys, options, time, new GzipObject(await companions.CreateAsync(keys.Logs, cancellationToken).ConfigureAwait(false)));

    /// <summary>Writes everything.</summary>
    /// <param name="outcome">What came of the restore; it takes an error about the log.</param>
    /// <param name="started">When it began, RFC 3339.</param>
    /// <returns>The Restore.</returns>
    /// <exception cref="RestoreUnrecordedException">The store did not take it.</exception>
    public async Task<RestoreDocument> CommitAsync(RestoreOutcome outcome, string started)
    {
        using var clock = new CancellationTokenSource(Patience, _time);
        await CommitLogAsync(outcome, clock.Token).ConfigureAwait(false);
        var document = Document(outcome, started);
        try
        {
            await PutAsync(_keys.Results, output => outcome.Results.WriteToAsync(output, clock.Token), clock.Token).ConfigureAwait(false);
            await PutAsync(_keys.ResourceList, output => WriteListsAsync(output, outcome, clock.Token), clock.Token).ConfigureAwait(false);

            // What only plugins and volume data fill: readers expect them, though empty.
            foreach (var empty in (string[])[_keys.ItemOperations, _keys.VolumeInfo])
            {
                await PutAsync(empty, output => output.WriteAsync("[]"u8.ToArray(), clock.Token).AsTask(), clock.Token).ConfigureAwait(false);
            }

            await using var target = await _plain.CreateAsync(_keys.Document, clock.Token).ConfigureAwait(false);
            await target.WriteAsync(document.ToJson(), clock.Token).ConfigureAwait(false);
            await target.CommitAsync(clock.Token).ConfigureAwait(false);
            return document;
        }
        catch (Exception failure) when (IsOfStore(failure))
        {
            throw new RestoreUnrecordedException(_options.Name, outcome, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync().ConfigureAwait(false);
        await _logObject.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CommitLogAsync(RestoreOutcome outcome, CancellationToken cancellationToken)
    {
        // Of a log that failed before, its end tells why.
        var journal = new OperationJournal(Log);
        try
        {
            if (outcome.FailureReason is { } reason)
            {
                await journal.ErrorAsync($"restore failed: {reason}; {outcome}", cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await journal.InfoAsync($"restore completed: {outcome}", cancellationToken).ConfigureAwait(false);
            }

            await Log.CompleteAsync().ConfigureAwait(false);
            await _logObject.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfStore(failure))
        {
            outcome.Errors.AddVelero($"error uploading log file to backup storage: {(failure as AeosException)?.Cause ?? failure.Message}");
        }
    }

    private RestoreDocument Document(RestoreOutcome outcome, string started) => (_options.Resource ?? MadeOfOptions(started)) with
    {
        Status = new RestoreStatus
        {
            Phase = outcome.Phase,
            FailureReason = outcome.FailureReason,
            StartTimestamp = started,
            CompletionTimestamp = TimestampText.Format(_time.GetUtcNow()),
            Errors = outcome.Errors.Count,
            Warnings = outcome.Warnings.Count,
            Progress = new RestoreProgressStatus { TotalItems = outcome.Items.Count, ItemsRestored = outcome.Items.Count },
            HookStatus = outcome.Hooks.ToStatus(),
        },
    };

    private RestoreDocument MadeOfOptions(string created) => new()
    {
        Metadata = new DocumentMetadata
        {
            Name = _options.Name,
            Namespace = _options.Namespace,
            CreationTimestamp = created,
            Labels = _options.Labels,
            Annotations = _options.Annotations,
        },
        Spec = _options.Spec,
    };

    private async Task PutAsync(string key, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        await GzipObject.PutAsync(await _companions.CreateAsync(key, cancellationToken).ConfigureAwait(false), write, cancellationToken).ConfigureAwait(false);

    private static async Task WriteListsAsync(Stream output, RestoreOutcome outcome, CancellationToken cancellationToken)
    {
        // Not disposed: after a failure that would write again, and fail in a way that hides the first.
        var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        foreach (var (type, names) in outcome.Items.Lists())
        {
            writer.WriteStartArray(type);
            foreach (var name in names)
            {
                writer.WriteStringValue(name);
                if (writer.BytesPending > MostPending)
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOfStore(Exception failure) =>
        failure is AeosException or IOException or UnauthorizedAccessException or OperationCanceledException;
}
