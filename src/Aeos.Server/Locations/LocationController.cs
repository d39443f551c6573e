using System.Collections.Concurrent;
using Aeos.Encryption;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Locations;

/// <summary>
/// Checks BackupStorageLocations (Velero 1.18, pkg/controller/backup_storage_location_controller.go): every so often, and whenever their spec or a Secret that
/// they name has changed. Keeps one of them the default.
/// </summary>
internal sealed partial class LocationController(ServerContext server) : IReconciler
{
    /// <summary>Velero's name for it.</summary>
    public const string Name = "backup-storage-location";

    /// <summary>How many locations are checked at once.</summary>
    public const int Workers = 4;

    // A store that hangs must not keep the other locations from being checked.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // What each location was like when it was last checked.
    private readonly ConcurrentDictionary<string, string> _checked = new(StringComparer.Ordinal);
    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var location = await server.BackupStorageLocations.TryGetAsync(name, cancellationToken).ConfigureAwait(false);
        if (location is null)
        {
            _checked.TryRemove(name, out _);
            server.Metrics.Locations.Remove(name);
            server.Metrics.Encryption.RemoveLocation(name);
            return null;
        }

        location = await KeepDefaultAsync(location, cancellationToken).ConfigureAwait(false);
        var frequency = Frequency(location);
        var last = LastCheck(location);
        var state = await StateAsync(location, cancellationToken).ConfigureAwait(false);
        var isDue = last is null || (frequency > TimeSpan.Zero && server.Time.GetUtcNow() >= last + frequency);
        if (!isDue && _checked.TryGetValue(name, out var before) && before == state)
        {
            return frequency > TimeSpan.Zero ? last + frequency - server.Time.GetUtcNow() : null;
        }

        var problem = await CheckAsync(location, cancellationToken).ConfigureAwait(false);
        await NoteAsync(location, problem, cancellationToken).ConfigureAwait(false);
        _checked[name] = state;
        return frequency > TimeSpan.Zero ? frequency : null;
    }

    private static DateTimeOffset? LastCheck(BackupStorageLocationDocument location)
        => TimestampText.TryParse(location.Status.LastValidationTime, out var time) ? time : null;

    private TimeSpan Frequency(BackupStorageLocationDocument location)
        => DurationText.TryParse(location.Spec.ValidationFrequency, out var own) && own >= TimeSpan.Zero ? own : server.Options.StoreValidationFrequency;

    // A Secret that may not be read makes the location unavailable: the check says so.
    private async Task<string> StateAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        try
        {
            return await server.Locations.StateAsync(location, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            return failure.Message;
        }
    }

    private async Task<string?> CheckAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, server.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var opened = await server.Locations.OpenAsync(location, either.Token).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                await BucketCheck.RunAsync(opened.Store, either.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception refusal) when (refusal is AeosException or KubernetesException)
        {
            return refusal.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the store did not answer within {Patience.TotalSeconds} s. Look whether it can be reached from the server's pod.";
        }
    }

    private async Task NoteAsync(BackupStorageLocationDocument location, string? problem, CancellationToken cancellationToken)
    {
        var name = location.Metadata.Name;
        var message = problem is null ? null : $"BackupStorageLocation {Printable.Quote(name)} is unavailable: {problem}";
        var phase = problem is null ? BackupStorageLocationPhase.Available : BackupStorageLocationPhase.Unavailable;
        server.Metrics.Locations.Set(name, problem is null);
        server.Metrics.Encryption.InitLocation(name);
        if (message is not null)
        {
            Unavailable(message);
        }
        else if (location.Status.Phase != phase)
        {
            Available(name);
        }

        var status = location.Status with { Phase = phase, Message = message, LastValidationTime = TimestampText.Format(server.Time.GetUtcNow()) };
        await server.BackupStorageLocations.PatchAsync(location, location with { Status = status }, cancellationToken).ConfigureAwait(false);
        if (message is not null && location.Status.Phase != phase)
        {
            await server.Events.WarningAsync(location, phase, message, cancellationToken).ConfigureAwait(false);
        }
    }

    // A location that this server sees for the first time may become the default; one that a user unmarks afterwards stays so.
    private async Task<BackupStorageLocationDocument> KeepDefaultAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        var name = location.Metadata.Name;
        var marked = DefaultLocation.Marked(server.BackupStorageLocationInformer.Items.Where(other => other.Metadata.Name != name).Append(location)).ToList();
        if (marked.Count == 0 && name == server.Options.DefaultBackupStorageLocation && !_checked.ContainsKey(name))
        {
            Marking(name);
            return await MarkAsync(location, true, cancellationToken).ConfigureAwait(false);
        }

        foreach (var other in marked.Skip(1))
        {
            Unmarking(other.Metadata.Name, marked[0].Metadata.Name);
            var changed = await MarkAsync(other, false, cancellationToken).ConfigureAwait(false);
            location = other.Metadata.Name == name ? changed : location;
        }

        return location;
    }

    private async Task<BackupStorageLocationDocument> MarkAsync(BackupStorageLocationDocument location, bool isDefault, CancellationToken cancellationToken)
    {
        var marked = location with { Spec = location.Spec with { Default = isDefault } };
        marked = await server.BackupStorageLocations.PatchAsync(location, marked, cancellationToken).ConfigureAwait(false);
        server.BackupStorageLocationInformer.Note(marked);
        return marked;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "BackupStorageLocation {Location} is available")]
    private partial void Available(string location);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    private partial void Unavailable(string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "No BackupStorageLocation is the default: {Location} becomes it")]
    private partial void Marking(string location);

    [LoggerMessage(Level = LogLevel.Information, Message = "BackupStorageLocation {Location} is no longer the default: {Other} is")]
    private partial void Unmarking(string location, string other);
}
