using System.Text;

namespace Aeos.Server.Metrics;

/// <summary>The metrics of a server. All are added before the first is read.</summary>
internal sealed class MetricRegistry
{
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>The metrics, by name.</summary>
    public IReadOnlyCollection<MetricFamily> Families => _families.Values;

    public Counter Counter(string name, string help, params string[] labels) => Add(new Counter(name, help, labels));

    public Gauge Gauge(string name, string help, params string[] labels) => Add(new Gauge(name, help, labels));

    public Histogram Histogram(string name, string help, double[] bounds, params string[] labels) => Add(new Histogram(name, help, bounds, labels));

    /// <summary>All metrics in Prometheus' text format, version 0.0.4.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var family in Families)
        {
            family.WriteTo(text);
        }

        return text.ToString();
    }

    private T Add<T>(T family)
        where T : MetricFamily
    {
        _families.Add(family.Name, family);
        return family;
    }
}
