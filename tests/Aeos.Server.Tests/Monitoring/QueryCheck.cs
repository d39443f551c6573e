using System.Text.RegularExpressions;
using Aeos.Server.Metrics;

namespace Aeos.Server.Tests.Monitoring;

/// <summary>Checks that a query names only metrics, labels and label values' names that the server has.</summary>
internal static partial class QueryCheck
{
    private static readonly string[] Functions = ["histogram_quantile", "label_values"];
    private static readonly string[] OtherLabels = ["le", "instance", "job", "namespace", "pod"];
    private static readonly MetricRegistry Registry = new ServerMetrics().Registry;

    /// <summary>What it names that is not there; none when all is well.</summary>
    public static IReadOnlyList<string> Problems(string query)
    {
        var problems = new List<string>();
        var names = Names().Matches(query).Select(static match => match.Value).Where(name => !Functions.Contains(name, StringComparer.Ordinal)).ToList();
        var metrics = names.Select(Find).OfType<MetricFamily>().ToList();
        if (metrics.Count == 0)
        {
            problems.Add($"names no metric: {query}");
        }

        var labels = metrics.SelectMany(static metric => metric.Labels).Concat(OtherLabels).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(names.Where(name => Find(name) is null && !labels.Contains(name)));
        foreach (Match selector in Selectors().Matches(query))
        {
            var metric = Find(selector.Groups["metric"].Value);
            problems.AddRange(Matchers().Matches(selector.Groups["labels"].Value).Select(static match => match.Groups["label"].Value)
                .Where(label => metric?.Labels.Contains(label) != true).Select(label => $"{selector.Groups["metric"].Value} has no label {label}"));
        }

        problems.AddRange(Groupings().Matches(query).SelectMany(static match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Where(label => !labels.Contains(label)).Select(static label => $"no label {label}"));
        if (query.Count(static letter => letter == '(') != query.Count(static letter => letter == ')'))
        {
            problems.Add($"parentheses that do not match: {query}");
        }

        return problems;
    }

    private static MetricFamily? Find(string name) => Registry.Families.FirstOrDefault(
        family => family.Name == name || (family is Histogram && name is var whole && whole.StartsWith(family.Name, StringComparison.Ordinal) && whole[family.Name.Length..] is "_bucket" or "_sum" or "_count"));

    [GeneratedRegex(@"(?<![\w$""])[a-z]+(_[a-z]+)+(?![\w""])")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<metric>[a-z_]+)\{(?<labels>[^}]*)\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)\s*""")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\b(by|on|without)\s*\((?<labels>[^)]+)\)")]
    private static partial Regex Groupings();
}
