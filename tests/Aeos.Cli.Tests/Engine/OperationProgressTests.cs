using Aeos.Cli.Engine;

namespace Aeos.Cli.Tests.Engine;

public sealed class OperationProgressTests : IDisposable
{
    private readonly SetTime _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void Where_nobody_watches_there_is_a_line_every_ten_seconds()
    {
        using var progress = new OperationProgress(_output, null, "nightly", _time);
        for (var second = 1; second <= 25; second++)
        {
            _time.Now = TimeSpan.FromSeconds(second);
            progress.Show("backing up", "deployments.apps", second * 100, 0);
        }

        _output.ToString().ShouldBe("nightly: backing up deployments.apps, 1000 items, 100 items/s\nnightly: backing up deployments.apps, 2000 items, 100 items/s\n");
    }

    [Fact]
    public void On_a_terminal_there_is_a_bar_where_the_total_is_known_and_it_goes_in_the_end()
    {
        using (var progress = new OperationProgress(_output, 200, "again", _time))
        {
            _time.Now = TimeSpan.FromSeconds(1);
            progress.Show("restoring", "", 0, 200);
            progress.Show("restoring", "", 1, 200);
            _time.Now = TimeSpan.FromSeconds(2);
            progress.Show("restoring", "", 50, 200);
        }

        var lines = _output.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("again: restoring [..............................]   0 % 0/200");
        lines[1].ShouldStartWith("again: restoring [=======.......................]  25 % 50/200, 25 items/s");
        lines[^1].ShouldBeNullOrWhiteSpace();
        lines.Length.ShouldBe(3);
    }

    [Fact]
    public void Without_a_total_there_is_a_count_no_wider_than_the_terminal()
    {
        using var progress = new OperationProgress(_output, 40, "nightly", _time);
        _time.Now = TimeSpan.FromSeconds(1);
        progress.Show("backing up", "a-type-with-a-long-name.example.com", 5, 0);
        _output.ToString().ShouldBe("\rnightly: backing up a-type-with-a-long-"[..40]);
    }

    public void Dispose() => _output.Dispose();

    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
