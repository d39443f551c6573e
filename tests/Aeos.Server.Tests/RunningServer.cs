using Aeos.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Tests;

/// <summary>A server that runs in this process until it is stopped.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _metrics = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningServer(Uri cluster, ServerOptions options, ILoggerFactory logs, TimeProvider time)
    {
        var server = new BackupServer(ClusterConnection.ForServer(cluster), options, logs, time)
        {
            OnWorking = () => _working.TrySetResult(),
            OnMetricsServed = address => _metrics.TrySetResult(address),
        };
        Ended = Task.Run(() => server.RunAsync(_stop.Token));
    }

    /// <summary>Ends with the server.</summary>
    public Task Ended { get; }

    public async Task WorkingAsync()
    {
        await await Task.WhenAny(_working.Task, Ended).WaitAsync(TimeSpan.FromMinutes(1));
        _working.Task.IsCompleted.ShouldBeTrue("the server ended before it worked");
    }

    public Task<Uri> MetricsAsync() => _metrics.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Stops it as SIGTERM does, and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
