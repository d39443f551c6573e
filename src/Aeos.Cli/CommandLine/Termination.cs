using System.Runtime.InteropServices;

namespace Aeos.Cli.CommandLine;

/// <summary>
/// Ends the work on Ctrl-C, SIGTERM and SIGHUP: it is cancelled and may take <see cref="Grace"/> to clean up; a second signal ends the process at once,
/// unless it follows so closely that both are one: <c>timeout</c> signals the process and then its group.
/// </summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(200);

    private static readonly (PosixSignal Signal, int Number)[] Signals = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _work = new();
    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TimeProvider _time;
    private int _signal;
    private long _signalledAt = long.MinValue;

    public Termination(TimeProvider time)
    {
        _time = time;
        foreach (var (signal, number) in Signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = Take(number)));
        }
    }

    /// <summary>How long cleaning up may take before the process ends without it: 2 seconds, unless a command needs longer.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Runs the work and gives its exit code, or 128 and the signal's number when a signal ended it.</summary>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> work)
    {
        // On another thread: the work may be held up in a write to a pipe that nobody reads.
        var running = Task.Run(() => work(_work.Token));
        if (await Task.WhenAny(running, _signalled.Task).ConfigureAwait(false) == _signalled.Task)
        {
            await Task.WhenAny(running, Task.Delay(Grace, _time)).ConfigureAwait(false);
        }

        var finished = running.IsCompleted ? await running.ConfigureAwait(false) : ExitCode.Failed;
        return _signal != 0 && finished != ExitCode.Done ? ExitCode.SignalBase + _signal : finished;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _work.Dispose();
    }

    /// <summary>Takes a signal.</summary>
    /// <returns>False when the process is to end now.</returns>
    internal bool Take(int number)
    {
        var now = _time.GetTimestamp();
        if (Interlocked.CompareExchange(ref _signalledAt, now, long.MinValue) is var first and not long.MinValue)
        {
            return _time.GetElapsedTime(first, now) < Echo;
        }

        _signal = number;
        _signalled.TrySetResult();
        _work.Cancel();
        return true;
    }
}
