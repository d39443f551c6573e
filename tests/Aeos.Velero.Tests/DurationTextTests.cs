using Aeos.Velero.Resources;

namespace Aeos.Velero.Tests;

public class DurationTextTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData(".5s", 500)]
    [InlineData("-1m", -60_000)]
    [InlineData("+2ms", 2)]
    [InlineData("0", 0)]
    [InlineData("1500us", 1.5)]
    public void A_duration_is_read_as_Go_reads_it(string text, double milliseconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("10")]
    [InlineData("soon")]
    [InlineData("1d")]
    [InlineData("1s ")]
    [InlineData("1.5.2s")]
    [InlineData("9999999999h")]
    [InlineData("99999999999999999999999999999999999s")]
    public void What_is_no_duration_is_refused(string? text) => DurationText.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("720h0m0s")]
    [InlineData("1h30m0s")]
    [InlineData("1m30s")]
    [InlineData("30s")]
    [InlineData("1.5s")]
    [InlineData("-1m0s")]
    [InlineData("0s")]
    public void A_duration_is_written_as_Go_writes_it(string text)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        DurationText.Format(duration).ShouldBe(text);
    }
}
