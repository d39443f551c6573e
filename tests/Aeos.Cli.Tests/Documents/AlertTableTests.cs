namespace Aeos.Cli.Tests.Documents;

/// <summary>docs/operations.md says of each alert what to do.</summary>
public sealed class AlertTableTests
{
    private const string Alert = "- alert: ";

    [Fact]
    public void Every_alert_has_its_row()
    {
        var alerts = DocumentFile.Lines("deploy/monitoring/alerts.yaml").Select(static line => line.Trim()).Where(static line => line.StartsWith(Alert, StringComparison.Ordinal))
            .Select(static line => line[Alert.Length..]);
        var rows = DocumentFile.Lines("docs/operations.md").Where(static line => line.StartsWith("| Aeos", StringComparison.Ordinal))
            .SelectMany(static line => line.Split('|', StringSplitOptions.TrimEntries)[1].Split(", "));
        rows.ShouldBe(alerts, ignoreOrder: true);
    }
}
