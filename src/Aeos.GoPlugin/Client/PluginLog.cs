using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Client;

/// <summary>
/// Hands a plugin's stderr on to the host's logger: JSON lines of hclog at their level, with their fields; anything else at debug, as go-plugin does.
/// Keeps the last lines, for the error that says why a plugin did not start.
/// </summary>
internal sealed partial class PluginLog(ILogger logger)
{
    private const int KeptLines = 20;

    private readonly Queue<string> _lastLines = new();
    private readonly Lock _lock = new();

    /// <summary>The last lines, oldest first.</summary>
    public string LastLines
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lastLines);
            }
        }
    }

    /// <summary>Takes one line.</summary>
    public void Take(string line)
    {
        lock (_lock)
        {
            if (_lastLines.Count == KeptLines)
            {
                _lastLines.Dequeue();
            }

            _lastLines.Enqueue(line);
        }

        if (!TryForwardJson(line))
        {
            Write(logger, LogLevel.Debug, line);
        }
    }

    [LoggerMessage(Message = "{Line}")]
    private static partial void Write(ILogger logger, LogLevel level, string line);

    private static LogLevel? LevelOf(string? level) => level switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => null,
    };

    private bool TryForwardJson(string line)
    {
        if (!line.StartsWith('{'))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (!entry.TryGetProperty("@level", out var levelText) || levelText.ValueKind != JsonValueKind.String
                || LevelOf(levelText.GetString()) is not { } level)
            {
                return false;
            }

            if (logger.IsEnabled(level))
            {
                var text = Describe(entry);
                Write(logger, level, text);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Describe(JsonElement entry)
    {
        var text = new StringBuilder();
        if (entry.TryGetProperty("@message", out var message))
        {
            text.Append(message);
        }

        foreach (var field in entry.EnumerateObject())
        {
            if (!field.Name.StartsWith('@'))
            {
                text.Append(' ').Append(field.Name).Append('=').Append(field.Value);
            }
        }

        return text.ToString();
    }
}
