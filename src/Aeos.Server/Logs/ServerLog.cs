using System.Text;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Logs;

/// <summary>Writes a server's log as Velero's servers do: a line for each event, in text or JSON. Safe to share between threads.</summary>
/// <param name="output">Standard output, as with Velero. Each line is one write. Not taken over.</param>
/// <param name="format">The form of the lines.</param>
/// <param name="minimum">What is less important is dropped.</param>
/// <param name="time">The clock of the lines.</param>
public sealed class ServerLog(Stream output, LogFormat format, LogLevel minimum, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new ServerLogger(this, categoryName);

    /// <summary>There are no other providers: lines go to one place.</summary>
    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <summary>Nothing is held.</summary>
    void IDisposable.Dispose()
    {
    }

    internal bool IsEnabled(LogLevel level) => level >= minimum && level != LogLevel.None;

    internal void Write(LogEntry entry)
    {
        var now = time.GetUtcNow();
        var line = Encoding.UTF8.GetBytes(format == LogFormat.Json ? entry.ToJson(now) : entry.ToText(now));
        lock (_gate)
        {
            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more: the server's work must not fail for that.
            }
        }
    }
}
