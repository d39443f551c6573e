using System.Text;
using System.Text.Json;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Logs;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Tests.Logs;

public sealed partial class ServerLogTests : IDisposable
{
    private readonly MemoryStream _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_is_as_Veleros_servers_write_it_with_its_values_as_fields()
    {
        Unavailable(Logger(), "default", 3);

        Text().ShouldBe("time=\"2026-01-01T00:00:00Z\" level=warning msg=\"Location default failed 3 times\" controller=schedule location=default times=3\n");
    }

    [Fact]
    public void In_JSON_it_is_one_object()
    {
        Unavailable(Logger(LogFormat.Json), "default", 3);

        var json = JsonDocument.Parse(Text()).RootElement;
        json.EnumerateObject().Select(static field => $"{field.Name}={field.Value}").ShouldBe(
            ["controller=schedule", "location=default", "times=3", "level=warning", "msg=Location default failed 3 times", "time=2026-01-01T00:00:00Z"]);
    }

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    public void Text_from_outside_forges_no_line(LogFormat format)
    {
        Unavailable(Logger(format), "x\"\ntime=\"2026-01-01T00:00:00Z\" level=info msg=\"all is well\u202e\u2028", 1);

        Text().Count(static letter => letter == '\n').ShouldBe(1);
        Text().ShouldNotContain("\u2028");
        Text().ShouldNotContain("\u202e");
        Text().ShouldNotContain(" msg=\"all is well");
    }

    [Fact]
    public void What_is_less_important_than_asked_for_is_dropped()
    {
        var logger = Logger(minimum: LogLevel.Error);

        Unavailable(logger, "default", 1);
        Broken(logger, new AeosException("the key is gone", "Bring it back."));

        Text().ShouldBe("time=\"2026-01-01T00:00:00Z\" level=error msg=\"It broke\" controller=schedule error=\"the key is gone. Bring it back.\"\n");
    }

    [Fact]
    public void An_error_in_JSON_is_where_Velero_has_it()
    {
        Broken(Logger(LogFormat.Json), new AeosException("the key is gone", "Bring it back."));

        JsonDocument.Parse(Text()).RootElement.GetProperty("error.message").GetString().ShouldBe("the key is gone. Bring it back.");
    }

    [Fact]
    public void A_defect_comes_with_where_it_happened_on_the_same_line()
    {
        try
        {
            throw new InvalidOperationException("no");
        }
        catch (InvalidOperationException e)
        {
            Broken(Logger(), e);
        }

        Text().ShouldContain("error=\"InvalidOperationException: no\" stackTrace=\"");
        Text().ShouldContain(nameof(A_defect_comes_with_where_it_happened_on_the_same_line));
        Text().Count(static letter => letter == '\n').ShouldBe(1);
    }

    [Fact]
    public void Lines_of_many_threads_are_not_mixed()
    {
        var logger = Logger();

        Parallel.For(0, 1000, i => Unavailable(logger, "default", i));

        var lines = Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1000);
        lines.ShouldAllBe(line => line.StartsWith("time=", StringComparison.Ordinal) && line.Contains(" times="));
    }

    [Theory]
    [InlineData("info", LogLevel.Information)]
    [InlineData("WARNING", LogLevel.Warning)]
    [InlineData("trace", LogLevel.Trace)]
    [InlineData("panic", LogLevel.Critical)]
    public void Veleros_names_of_levels_are_known(string name, LogLevel expected)
    {
        LogLevels.TryParse(name, out var level).ShouldBeTrue();
        level.ShouldBe(expected);
    }

    [Fact]
    public void Other_names_are_not() => LogLevels.TryParse("verbose", out _).ShouldBeFalse();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Location {Location} failed {Times} times")]
    private static partial void Unavailable(ILogger logger, string location, int times);

    [LoggerMessage(Level = LogLevel.Error, Message = "It broke")]
    private static partial void Broken(ILogger logger, Exception failure);

    private ILogger Logger(LogFormat format = LogFormat.Text, LogLevel minimum = LogLevel.Information)
        => new ServerLog(_output, format, minimum, new ManualTime()).CreateLogger("schedule");

    private string Text() => Encoding.UTF8.GetString(_output.ToArray());
}
