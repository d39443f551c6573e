using Aeos.Cli.Listings;

namespace Aeos.Cli.Tests.Listings;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22T12:00:30Z", "30s")]
    [InlineData("2026-11-22T12:59:59Z", "59m")]
    [InlineData("2026-11-23T11:59:59Z", "23h")]
    [InlineData("2026-12-22T12:00:00Z", "30d")]
    [InlineData("2036-11-22T12:00:00Z", "10y")]
    [InlineData("2026-11-22T09:00:00Z", "3h ago")]
    [InlineData(null, "n/a")]
    [InlineData("soon", "n/a")]
    public void A_time_from_now_is_in_one_unit(string? time, string text) => TimeText.FromNow(time, Now).ShouldBe(text);

    [Theory]
    [InlineData("2026-11-22T09:00:00Z", "2026-11-22 09:00:00 +0000 UTC")]
    [InlineData("2026-11-22T09:00:00+02:00", "2026-11-22 07:00:00 +0000 UTC")]
    [InlineData(null, "<n/a>")]
    [InlineData("\u001b[2J", "\\u{001B}[2J")]
    public void A_time_is_written_as_Go_does(string? time, string text) => TimeText.Of(time).ShouldBe(text);
}
