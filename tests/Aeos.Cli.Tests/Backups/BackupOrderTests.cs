using Aeos.Cli.Backups;

namespace Aeos.Cli.Tests.Backups;

public sealed class BackupOrderTests
{
    private static readonly string[] Names = ["daily-20200101000000", "weekly", "daily-20200103000000", "a", "daily-x", "daily-20200102000000"];

    [Fact]
    public void Backups_are_in_order_of_names_and_those_of_a_schedule_the_newest_first() =>
        Names.Order(BackupOrder.Instance).ShouldBe(["a", "daily-20200103000000", "daily-20200102000000", "daily-20200101000000", "daily-x", "weekly"]);
}
