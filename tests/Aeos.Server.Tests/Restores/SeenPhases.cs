using System.Collections.Concurrent;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Tests.Restores;

/// <summary>The phases that restores go through, as a watch sees them.</summary>
internal sealed class SeenPhases : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _phases = [];
    private readonly Task _watching;

    private SeenPhases(ServerBench bench)
    {
        var informer = new Informer<RestoreDocument>(bench.Client, bench.Restores, TimeProvider.System, NullLogger.Instance);
        informer.Changed += name => _phases.Enqueue(informer.Find(name)?.Status.Phase ?? "");
        _watching = informer.RunAsync(_stop.Token);
        Synced = informer.Synced;
    }

    private Task Synced { get; }

    public static async Task<SeenPhases> WatchAsync(ServerBench bench)
    {
        var seen = new SeenPhases(bench);
        await seen.Synced;
        return seen;
    }

    public async Task<string[]> UpToAsync(string phase)
        => [.. (await Eventually.BecomesAsync(() => _phases.ToArray(), all => all.Contains(phase), $"the phase {phase}")).Distinct()];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
