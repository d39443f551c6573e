using System.Text;

namespace Aeos.Server.Metrics;

/// <summary>A number that only grows.</summary>
internal sealed class Counter(string name, string help, params string[] labels) : MetricFamily(name, help, labels)
{
    protected override string Kind => "counter";

    /// <summary>Adds to the series with these label values; zero makes it be there.</summary>
    public void Add(double amount, params ReadOnlySpan<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Change(values, 1, amount, static (numbers, more) => numbers[0] += more);
    }

    /// <summary>Sets a sum that is kept elsewhere.</summary>
    public void SetSum(double sum, params ReadOnlySpan<string> values) => Change(values, 1, sum, static (numbers, now) => numbers[0] = now);

    protected override void WriteSeries(StringBuilder text, string label, double[] numbers) => WriteSample(text, Name, label, numbers[0]);
}
