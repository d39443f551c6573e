using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Tests.Options;

public sealed class DurationOptionTests
{
    private static readonly DurationOption Ttl = new("--ttl", "");

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("1h0m0s", 3600)]
    [InlineData("1500ms", 1.5)]
    [InlineData("2000000us", 2)]
    public void Durations_are_read_as_Go_writes_them(string text, double seconds) =>
        Ttl.Parse(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("0s")]
    [InlineData("1d")]
    [InlineData("1.2.3s")]
    [InlineData("1 m")]
    [InlineData("9999999999999h")]
    [InlineData("99999999999999999999999999999999999999s")]
    public void What_is_no_duration_is_wrong_usage(string text) =>
        Should.Throw<UsageException>(() => Ttl.Parse(text)).Cause.ShouldContain("--ttl");
}
