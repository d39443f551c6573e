using System.Diagnostics;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server;
using Aeos.Server.Tests;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Servers in this process on a clock that goes on, step by step, whenever they have nothing under way.</summary>
internal sealed class Clockwork
{
    private readonly FaultRoom _room;

    public Clockwork(FaultRoom room)
    {
        _room = room;

        // The API's own clock gives objects the time of their creation.
        Time.Advance(DateTimeOffset.UtcNow - Time.GetUtcNow());
    }

    public ManualTime Time { get; } = new();

    /// <summary>How far the clock goes at once. Above two seconds, servers lose their Lease.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Done before each step.</summary>
    public Func<Task>? BeforeStep { get; set; }

    /// <summary>Starts a server, and waits until it works.</summary>
    public async Task<RunningServer> ServeAsync(ServerOptions? options = null)
    {
        var server = _room.Serve(options, Time);
        await server.WorkingAsync();
        return server;
    }

    /// <summary>Lets time pass.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        for (var until = Time.GetUtcNow() + span; Time.GetUtcNow() < until;)
        {
            await StepAsync();
        }
    }

    /// <summary>Lets time pass until something is so.</summary>
    /// <param name="read">Reads.</param>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="limit">How long it may take, on this clock.</param>
    public async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isSo, TimeSpan limit)
    {
        for (var until = Time.GetUtcNow() + limit; ;)
        {
            var now = await read();
            if (isSo(now))
            {
                return now;
            }

            (Time.GetUtcNow() < until).ShouldBeTrue($"{limit} have passed; last seen: {now}");
            await StepAsync();
        }
    }

    private async Task StepAsync()
    {
        if (BeforeStep is { } work)
        {
            await work();
        }

        Time.Advance(Step);
        await QuietAsync();
    }

    // As long as requests come; one that is held, or waits for the clock, ends it after a while.
    private async Task QuietAsync()
    {
        var (calls, since) = (-1L, Stopwatch.GetTimestamp());
        while ((_room.Api.UnderWay > 0 || _room.Api.Calls != calls) && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(0.2))
        {
            calls = _room.Api.Calls;
            await Task.Delay(1);
        }
    }
}
