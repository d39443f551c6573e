using System.Text;

namespace Aeos.Server.Metrics;

/// <summary>How often a number was at most each of some bounds, with its sum and count.</summary>
/// <param name="name">The name.</param>
/// <param name="help">What it counts.</param>
/// <param name="bounds">The upper bounds, ascending; one without a bound is added.</param>
/// <param name="labels">The labels' names.</param>
internal sealed class Histogram(string name, string help, double[] bounds, params string[] labels) : MetricFamily(name, help, labels)
{
    protected override string Kind => "histogram";

    /// <summary>Counts a number in the series with these label values.</summary>
    public void Observe(double value, params ReadOnlySpan<string> values) => Change(values, bounds.Length + 2, (value, bounds), static (numbers, observed) =>
    {
        for (var i = 0; i < observed.bounds.Length; i++)
        {
            numbers[i] += observed.value <= observed.bounds[i] ? 1 : 0;
        }

        numbers[^2] += observed.value;
        numbers[^1]++;
    });

    protected override void WriteSeries(StringBuilder text, string label, double[] numbers)
    {
        var separator = label.Length == 0 ? "" : ",";
        for (var i = 0; i <= bounds.Length; i++)
        {
            var (bound, count) = i < bounds.Length ? (bounds[i], numbers[i]) : (double.PositiveInfinity, numbers[^1]);
            WriteSample(text, $"{Name}_bucket", $"{label}{separator}le=\"{Number(bound)}\"", count);
        }

        WriteSample(text, $"{Name}_sum", label, numbers[^2]);
        WriteSample(text, $"{Name}_count", label, numbers[^1]);
    }
}
