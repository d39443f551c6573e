using System.Text;

namespace Aeos.Server.Metrics;

/// <summary>A number that goes up and down.</summary>
internal sealed class Gauge(string name, string help, params string[] labels) : MetricFamily(name, help, labels)
{
    protected override string Kind => "gauge";

    /// <summary>Sets the series with these label values.</summary>
    public void Set(double value, params ReadOnlySpan<string> values) => Change(values, 1, value, static (numbers, now) => numbers[0] = now);

    /// <summary>Makes the series with these label values be there, unless it is there already.</summary>
    public void Init(double value, params ReadOnlySpan<string> values) => Begin(values, value);

    protected override void WriteSeries(StringBuilder text, string label, double[] numbers) => WriteSample(text, Name, label, numbers[0]);
}
