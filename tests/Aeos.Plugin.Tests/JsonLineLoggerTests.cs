using System.Globalization;
using System.Text;
using System.Text.Json;
using Aeos.Plugin.Logging;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Tests;

public sealed partial class JsonLineLoggerTests : IDisposable
{
    private readonly MemoryStream _output = new();

    [Fact]
    public void A_line_has_the_fields_that_a_go_plugin_host_parses()
    {
        var logger = Logger(LogLevel.Debug);
        Opened(logger, "backups", 3, true);

        var line = Lines().ShouldHaveSingleItem();
        line.GetProperty("@level").GetString().ShouldBe("info");
        line.GetProperty("@message").GetString().ShouldBe("opened backups 3 True");
        line.GetProperty("@module").GetString().ShouldBe("velero-plugin-aeos");
        line.GetProperty("Bucket").GetString().ShouldBe("backups");
        line.GetProperty("Count").GetInt32().ShouldBe(3);
        line.GetProperty("Whole").GetBoolean().ShouldBeTrue();
        line.TryGetProperty("{OriginalFormat}", out _).ShouldBeFalse();

        // Go's layout in go-plugin's log_entry.go: 2006-01-02T15:04:05.000000Z07:00. A line with another one is not parsed at all.
        var time = line.GetProperty("@timestamp").GetString()!;
        DateTimeOffset.TryParseExact(
            time, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _).ShouldBeTrue(time);
    }

    [Theory]
    [InlineData(LogLevel.Trace, "trace")]
    [InlineData(LogLevel.Debug, "debug")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Warning, "warn")]
    [InlineData(LogLevel.Error, "error")]
    [InlineData(LogLevel.Critical, "error")]
    public void Levels_have_hclogs_names(LogLevel level, string name)
    {
        var logger = Logger(LogLevel.Trace);
        Write(logger, level, "text");

        Lines().ShouldHaveSingleItem().GetProperty("@level").GetString().ShouldBe(name);
    }

    [Fact]
    public void Entries_below_the_level_are_dropped()
    {
        var logger = Logger(LogLevel.Warning);
        Write(logger, LogLevel.Information, "dropped");
        Write(logger, LogLevel.Warning, "kept");

        Lines().ShouldHaveSingleItem().GetProperty("@message").GetString().ShouldBe("kept");
    }

    [Fact]
    public void An_entry_is_one_line_whatever_is_in_it()
    {
        const string Text = "one\ntwo\r\nthree \"four\" \u0000";
        var logger = Logger(LogLevel.Trace);
        Write(logger, LogLevel.Information, Text);

        Lines().ShouldHaveSingleItem().GetProperty("@message").GetString().ShouldBe(Text);
    }

    [Fact]
    public void A_line_stays_shorter_than_a_host_can_parse()
    {
        var long64K = new string('\u0001', 64 * 1024);
        var failure = new InvalidOperationException(long64K);
        var logger = Logger(LogLevel.Trace);
        Many(logger, long64K, long64K, failure);

        _output.Length.ShouldBeLessThan(64 * 1024);
        Lines().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_exception_is_named_in_a_field()
    {
        var failure = new InvalidOperationException("no");
        var logger = Logger(LogLevel.Trace);
        Many(logger, "a", "b", failure);

        Lines().ShouldHaveSingleItem().GetProperty("error").GetString().ShouldBe("InvalidOperationException: no");
    }

    [Fact]
    public void A_host_that_closed_its_end_is_no_failure() =>
        Should.NotThrow(() => Write(new JsonLineLogger(new ClosedPipe(), LogLevel.Trace, TimeProvider.System), LogLevel.Error, "text"));

    public void Dispose() => _output.Dispose();

    private JsonLineLogger Logger(LogLevel minimum) => new(_output, minimum, TimeProvider.System);

    private List<JsonElement> Lines()
    {
        var text = Encoding.UTF8.GetString(_output.ToArray());
        text.ShouldEndWith("\n");
        return [.. text[..^1].Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    [LoggerMessage(LogLevel.Information, "opened {Bucket} {Count} {Whole}")]
    private static partial void Opened(ILogger logger, string bucket, int count, bool whole);

    [LoggerMessage("{Text}")]
    private static partial void Write(ILogger logger, LogLevel level, string text);

    [LoggerMessage(LogLevel.Warning, "{First} {Second}")]
    private static partial void Many(ILogger logger, string first, string second, Exception exception);

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
