using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Aeos.Server.Tests.Monitoring;

public sealed partial class AlertTests
{
    private static readonly List<YamlMappingNode> Rules = Read();

    [Fact]
    public void Each_alert_asks_for_metrics_and_labels_that_the_server_has()
    {
        Rules.Count.ShouldBeGreaterThan(10);
        Rules.SelectMany(static rule => QueryCheck.Problems(Text(rule, "expr"))).ShouldBeEmpty();
    }

    [Fact]
    public void Each_alert_says_what_happened_what_to_do_and_how_bad_it_is()
    {
        foreach (var rule in Rules)
        {
            Text(rule, "alert").ShouldMatch("^Aeos[A-Z][A-Za-z]+$");
            Text((YamlMappingNode)rule["labels"], "severity").ShouldBeOneOf("critical", "warning");
            Text((YamlMappingNode)rule["annotations"], "summary").ShouldNotBeEmpty();
            Text((YamlMappingNode)rule["annotations"], "description").ShouldEndWith(".");
        }

        Rules.Select(static rule => Text(rule, "alert")).ShouldBeUnique();
    }

    [Fact]
    public void Labels_in_an_alerts_text_are_labels_of_its_metric()
    {
        foreach (var rule in Rules)
        {
            foreach (Match label in UsedLabels().Matches(rule["annotations"].ToString()))
            {
                QueryCheck.Problems($"max by ({label.Groups[1].Value}) ({Text(rule, "expr")})").ShouldBeEmpty(Text(rule, "alert"));
            }
        }
    }

    [Theory]
    [InlineData("increase(velero_backup_failed_total[1h]) > 0")]
    [InlineData("velero_backup_total{schedule=\"x\"}")]
    [InlineData("sum by (backup) (velero_backup_failure_total)")]
    [InlineData("up == 0")]
    public void A_query_for_what_is_not_there_is_noticed(string query) => QueryCheck.Problems(query).ShouldNotBeEmpty();

    private static string Text(YamlMappingNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    private static List<YamlMappingNode> Read()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(DeployedFiles.Read("alerts.yaml")));
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(static group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>()];
    }

    [GeneratedRegex(@"\$labels\.(\w+)")]
    private static partial Regex UsedLabels();
}
