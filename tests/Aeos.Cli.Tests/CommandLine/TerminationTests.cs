using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Tests.CommandLine;

public sealed class TerminationTests
{
    private const int Interrupt = 2;

    private readonly SetTime _time = new();

    [Fact]
    public async Task A_second_signal_ends_the_process_at_once()
    {
        using var termination = new Termination(_time);
        var work = termination.RunAsync(static async token =>
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return ExitCode.Failed;
        });

        termination.Take(Interrupt).ShouldBeTrue();
        _time.Milliseconds = 500;
        termination.Take(Interrupt).ShouldBeFalse();
        (await work).ShouldBe(ExitCode.SignalBase + Interrupt);
    }

    [Fact]
    public void A_signal_that_comes_twice_at_the_same_time_is_one()
    {
        using var termination = new Termination(_time);
        termination.Take(Interrupt).ShouldBeTrue();
        _time.Milliseconds = 20;
        termination.Take(Interrupt).ShouldBeTrue();
    }

    private sealed class SetTime : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        // Zero is a time like any other.
        public override long GetTimestamp() => Milliseconds;
    }
}
