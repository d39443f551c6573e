using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Aeos.Server.Metrics;

/// <summary>
/// A metric with all its label values. Safe to share between threads. What it has in memory grows with the label values that were used: those are names
/// of things in the cluster, never text from a request.
/// </summary>
internal abstract class MetricFamily(string name, string help, string[] labels)
{
    // By the labels as they are written, which tells any two apart.
    private readonly ConcurrentDictionary<string, double[]> _series = new(StringComparer.Ordinal);

    public string Name => name;

    public IReadOnlyList<string> Labels => labels;

    protected abstract string Kind { get; }

    /// <summary>Forgets the series with these label values.</summary>
    public void Remove(params ReadOnlySpan<string> values) => _series.TryRemove(LabelText(values), out _);

    /// <summary>Writes the metric in Prometheus' text format, version 0.0.4: series by their labels.</summary>
    public void WriteTo(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {Kind}\n");
        foreach (var (label, numbers) in _series.OrderBy(static series => series.Key, StringComparer.Ordinal))
        {
            double[] copy;
            lock (numbers)
            {
                copy = [.. numbers];
            }

            WriteSeries(text, label, copy);
        }
    }

    /// <summary>Changes the numbers of the series with these label values, which is there from then on.</summary>
    protected void Change<TState>(ReadOnlySpan<string> values, int count, TState state, Action<double[], TState> change)
    {
        var numbers = _series.GetOrAdd(LabelText(values), static (_, length) => new double[length], count);
        lock (numbers)
        {
            change(numbers, state);
        }
    }

    /// <summary>Makes a series be there with this number, unless it is there already.</summary>
    protected void Begin(ReadOnlySpan<string> values, double number) => _series.TryAdd(LabelText(values), [number]);

    protected abstract void WriteSeries(StringBuilder text, string label, double[] numbers);

    protected static void WriteSample(StringBuilder text, string name, string label, double value)
        => text.Append(name).Append(label.Length == 0 ? "" : $"{{{label}}}").Append(' ').Append(Number(value)).Append('\n');

    protected static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private string LabelText(ReadOnlySpan<string> values)
    {
        if (values.Length != labels.Length)
        {
            throw new ArgumentException($"{name} has {labels.Length} labels, not {values.Length}", nameof(values));
        }

        var text = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            text.Append(i == 0 ? "" : ",").Append(labels[i]).Append("=\"").Append(value).Append('"');
        }

        return text.ToString();
    }
}
