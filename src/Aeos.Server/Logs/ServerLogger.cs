using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Logs;

/// <summary>Gathers what an event says. A category without a dot is a controller's name, others say where in the source it comes from.</summary>
internal sealed class ServerLogger(ServerLog log, string category) : ILogger
{
    // Longer values are in the message alone.
    private const int LongestField = 100;

    private readonly KeyValuePair<string, string> _source = new(category.Contains('.', StringComparison.Ordinal) ? "logSource" : "controller", category);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { [_source.Key] = _source.Value };
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (name != "{OriginalFormat}" && text.Length is > 0 and <= LongestField)
            {
                fields.TryAdd(JsonName(name), text);
            }
        }

        log.Write(new LogEntry(logLevel, formatter(state, exception), fields, exception));
    }

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
