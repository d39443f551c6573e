using System.Text.Json;
using Aeos.Server.Metrics;

namespace Aeos.Server.Tests.Monitoring;

public sealed class DashboardTests
{
    private static readonly JsonElement Dashboard = JsonDocument.Parse(DeployedFiles.Read("dashboard.json")).RootElement;
    private static readonly List<JsonElement> Panels = [.. Dashboard.GetProperty("panels").EnumerateArray()];
    private static readonly List<string> Queries = [.. Panels.Where(static panel => panel.TryGetProperty("targets", out _))
        .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray()).Select(static target => target.GetProperty("expr").GetString()!)];

    [Fact]
    public void Each_panel_asks_for_metrics_and_labels_that_the_server_has()
    {
        Queries.Count.ShouldBeGreaterThan(20);
        Queries.SelectMany(QueryCheck.Problems).ShouldBeEmpty();
        QueryCheck.Problems(Variable("schedule").GetProperty("query").GetString()!).ShouldBeEmpty();
    }

    [Fact]
    public void Each_metric_of_a_backup_is_on_a_panel_or_is_the_attempts_and_deletions_that_others_imply()
        => new ServerMetrics().Registry.Families.Select(static family => family.Name)
            .Where(static name => !Queries.Any(query => query.Contains(name, StringComparison.Ordinal))).ShouldBe(
                [
                    "aeos_build_info", "process_start_time_seconds", "velero_backup_attempt_total",
                    "velero_backup_deletion_attempt_total", "velero_backup_deletion_success_total",
                ],
                ignoreOrder: true);

    [Fact]
    public void Panels_have_names_and_numbers_of_their_own_and_do_not_cover_one_another()
    {
        Panels.Select(static panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        Panels.Select(static panel => panel.GetProperty("title").GetString()).ShouldBeUnique();
        var cells = Panels.Select(static panel => panel.GetProperty("gridPos")).SelectMany(static at =>
            from x in Enumerable.Range(Number(at, "x"), Number(at, "w"))
            from y in Enumerable.Range(Number(at, "y"), Number(at, "h"))
            select (x, y)).ToList();
        cells.Count.ShouldBe(cells.Distinct().Count());
        cells.ShouldAllBe(static cell => cell.x < 24);
    }

    [Fact]
    public void Every_source_of_data_is_the_one_that_is_chosen()
    {
        Variable("datasource").GetProperty("type").GetString().ShouldBe("datasource");
        Panels.Where(static panel => panel.TryGetProperty("targets", out _)).ShouldAllBe(static panel => panel.GetProperty("datasource").GetProperty("uid").GetString() == "${datasource}");
    }

    private static int Number(JsonElement at, string name) => at.GetProperty(name).GetInt32();

    private static JsonElement Variable(string name)
        => Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Single(variable => variable.GetProperty("name").GetString() == name);
}
