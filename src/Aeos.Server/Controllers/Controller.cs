using System.Collections.Concurrent;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Metrics;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Controllers;

/// <summary>
/// Runs a reconciler: for each name that changes, for each that asked to be looked at again, and for every name once in a while. What fails is tried again,
/// ever more slowly, and never ends the server.
/// </summary>
internal sealed partial class Controller : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly IReconciler _reconciler;
    private readonly int _workers;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ControllerMetrics _metrics;
    private readonly ConcurrentDictionary<string, TimeSpan> _pauses = new(StringComparer.Ordinal);
    private readonly TimeSpan _resync;
    private readonly Func<IEnumerable<string>> _names;

    private Controller(
        string name, IReconciler reconciler, Func<IEnumerable<string>> names, int workers, TimeSpan resync, TimeProvider time, ILogger log, ControllerMetrics metrics)
    {
        (Name, _reconciler, _names, _workers, _resync, _time, _log, _metrics) = (name, reconciler, names, workers, resync, time, log, metrics);
        Queue = new WorkQueue(time);
    }

    /// <summary>Velero's name for it, such as <c>backup-storage-location</c>.</summary>
    public string Name { get; }

    /// <summary>What it has to look at; others may add to it.</summary>
    public WorkQueue Queue { get; }

    /// <summary>Makes a controller over the resources of one type.</summary>
    /// <param name="name">Velero's name for it.</param>
    /// <param name="informer">Its resources.</param>
    /// <param name="reconciler">What it does.</param>
    /// <param name="workers">How many names at once.</param>
    /// <param name="resync">How often all are looked at though nothing changed.</param>
    /// <param name="server">The server.</param>
    public static Controller Over<T>(string name, Informer<T> informer, IReconciler reconciler, int workers, TimeSpan resync, ServerContext server)
        where T : class, IResourceDocument
    {
        var controller = new Controller(
            name,
            reconciler,
            () => informer.Items.Select(static item => item.Metadata.Name),
            workers,
            resync,
            server.Time,
            server.Logs.CreateLogger(name),
            server.Metrics.Controllers);
        informer.Changed += controller.Queue.Add;
        return controller;
    }

    /// <summary>Works until it is cancelled; what is under way is waited for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_resync, _time);
        var workers = Enumerable.Range(0, _workers).Select(_ => WorkAsync(cancellationToken)).ToList();
        try
        {
            do
            {
                foreach (var name in _names())
                {
                    Queue.Add(name);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => Queue.Dispose();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var name = await Queue.TakeAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var again = await _reconciler.ReconcileAsync(name, cancellationToken).ConfigureAwait(false);
                _pauses.TryRemove(name, out _);
                _metrics.Reconciled(Name, succeeded: true);
                if (again is { } delay)
                {
                    Queue.AddAfter(name, delay);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (KubernetesApiException conflict) when (conflict.IsConflict)
            {
                // Somebody changed it meanwhile: it is looked at anew.
                Queue.AddAfter(name, ShortestPause);
            }
            catch (Exception failure)
            {
                // Whatever it is: one resource must not keep the others from being served.
                _metrics.Reconciled(Name, succeeded: false);
                var pause = _pauses.AddOrUpdate(name, ShortestPause, static (_, last) => last * 2 < LongestPause ? last * 2 : LongestPause);
                if (failure is AeosException or KubernetesException)
                {
                    Failed(name, failure.Message, pause.TotalSeconds);
                }
                else
                {
                    Broke(name, pause.TotalSeconds, failure);
                }

                Queue.AddAfter(name, pause);
            }
            finally
            {
                Queue.Done(name);
                _metrics.SetWaiting(Name, Queue.Count);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} could not be worked on and is tried again in {Seconds} s: {Reason}")]
    private partial void Failed(string name, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} could not be worked on and is tried again in {Seconds} s: this is a defect")]
    private partial void Broke(string name, double seconds, Exception failure);
}
