using Aeos.Plugin.CommandLine;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Tests;

public sealed class PluginArgumentsTests
{
    [Theory]
    [InlineData("", LogLevel.Information)]
    [InlineData("--log-level debug", LogLevel.Debug)]
    [InlineData("--log-level=trace", LogLevel.Trace)]
    [InlineData("--log-level=warning", LogLevel.Warning)]
    [InlineData("--log-level warn", LogLevel.Warning)]
    [InlineData("--log-level error", LogLevel.Error)]
    [InlineData("--log-level fatal", LogLevel.Critical)]
    [InlineData("--log-level panic", LogLevel.Critical)]
    [InlineData("--log-level INFO", LogLevel.Information)]
    [InlineData("--log-level", LogLevel.Information)]
    [InlineData("--log-level=loud", LogLevel.Information)]
    [InlineData("--log-level debug --log-level=error", LogLevel.Error)]
    public void The_log_level_is_that_of_Veleros_flag(string arguments, LogLevel expected) =>
        PluginArguments.LogLevelOf(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(expected);

    [Fact]
    public void Veleros_other_flags_are_passed_over() =>
        PluginArguments.LogLevelOf(
            ["--features=EnableCSI", "--uploader-type", "kopia", "--log-format=json", "--new-flag-of-tomorrow", "--log-level", "debug", "positional"])
            .ShouldBe(LogLevel.Debug);
}
