using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Logging;

/// <summary>
/// Logs as go-plugin's hosts parse it (go-plugin, log_entry.go): one JSON object a line, <c>@level</c>, <c>@message</c>, <c>@timestamp</c> and
/// <c>@module</c>, and the entry's named values as further fields.
/// </summary>
/// <param name="output">Standard error. Each line is one write.</param>
/// <param name="minimum">Entries below it are dropped.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonLineLogger(Stream output, LogLevel minimum, TimeProvider time) : ILogger
{
    /// <summary>
    /// Characters of a message or of one value; more is cut off. go-plugin's hosts do not parse lines over 64 KiB, and a character may take six bytes.
    /// </summary>
    public const int ValueLimit = 1000;

    private const int FieldLimit = 8;
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

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

        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("@level", NameOf(logLevel));
            json.WriteString("@message", Cut(formatter(state, exception)));
            json.WriteString("@timestamp", time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("@module", "velero-plugin-aeos");
            WriteFields(json, state as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            if (exception is not null)
            {
                json.WriteString("error", Cut($"{exception.GetType().Name}: {exception.Message}"));
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        lock (_gate)
        {
            try
            {
                output.Write(line.WrittenSpan);
            }
            catch (IOException)
            {
                // The host has closed its end: nobody reads any more, and what the plugin does must not fail for that.
            }
        }
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        var written = 0;
        foreach (var (name, value) in fields)
        {
            // The template itself is no value, and "error" is the exception's.
            if (name is "{OriginalFormat}" or "error" || name.StartsWith('@') || written == FieldLimit)
            {
                continue;
            }

            written++;
            switch (value)
            {
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                default:
                    json.WriteString(name, Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                    break;
            }
        }
    }

    private static string Cut(string text) => text.Length <= ValueLimit ? text : string.Concat(text.AsSpan(0, ValueLimit), "…");

    /// <summary>hclog's names; Velero's own logger knows no others.</summary>
    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
