using System.Text;
using System.Text.RegularExpressions;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Reporting;

/// <summary>
/// A line of a log in the form that Velero writes (logrus text). Text from the cluster, a bucket or an archive is escaped: whoever wrote it must not be able
/// to forge a line.
/// </summary>
public static partial class LogrusText
{
    /// <summary>Makes a line, with its end.</summary>
    /// <param name="time">When.</param>
    /// <param name="level">logrus' name of the level.</param>
    /// <param name="message">The message.</param>
    /// <param name="fields">Names and values, in this order.</param>
    public static string Line(DateTimeOffset time, string level, string message, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var line = new StringBuilder($"time=\"{TimestampText.Format(time)}\" level={level} msg={Value(message)}");
        foreach (var (name, value) in fields)
        {
            line.Append(' ').Append(name).Append('=').Append(Value(value));
        }

        return line.Append('\n').ToString();
    }

    // As logrus does, what has no need of quotation marks has none.
    private static string Value(string text)
        => Bare().IsMatch(text) ? text : $"\"{Printable.Escape(text).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z0-9._/@^+-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
