using System.Buffers;
using System.Text;
using System.Text.Json;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Logs;

/// <summary>An event of a server.</summary>
/// <param name="Level">How important it is.</param>
/// <param name="Message">What happened.</param>
/// <param name="Fields">Names and values, by name.</param>
/// <param name="Exception">What failed.</param>
internal sealed record LogEntry(LogLevel Level, string Message, IReadOnlyDictionary<string, string> Fields, Exception? Exception)
{
    /// <summary>The line in logrus' text.</summary>
    public string ToText(DateTimeOffset time) => LogrusText.Line(time, LogLevels.NameOf(Level), Message, WithError("error"));

    /// <summary>The line in logrus' JSON, with the error where Velero has it.</summary>
    public string ToJson(DateTimeOffset time)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            foreach (var (name, value) in WithError("error.message").Where(static field => field.Key is not ("level" or "msg" or "time")))
            {
                json.WriteString(name, value);
            }

            json.WriteString("level", LogLevels.NameOf(Level));
            json.WriteString("msg", Message);
            json.WriteString("time", TimestampText.Format(time));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan) + "\n";
    }

    // An error for a person says what to do; any other is a defect, and whoever mends it needs to know where.
    private IEnumerable<KeyValuePair<string, string>> WithError(string name) => Exception switch
    {
        null => Fields,
        AeosException or KubernetesException => Fields.Append(new(name, Exception.Message)),
        _ => Fields.Append(new(name, $"{Exception.GetType().Name}: {Exception.Message}")).Append(new("stackTrace", Exception.StackTrace ?? "")),
    };
}
