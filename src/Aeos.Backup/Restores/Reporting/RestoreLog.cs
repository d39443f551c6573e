using System.Globalization;
using System.Threading.Channels;
using Aeos.Encryption;

namespace Aeos.Backup.Restores.Reporting;

/// <summary>
/// The restore's log: a line for each event, in the form that Velero's has, streamed to where it goes. Names from the archive are escaped: whoever
/// wrote it must not be able to forge a line.
/// </summary>
public sealed class RestoreLog : IAsyncDisposable
{
    private const int WaitingLines = 4096;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(WaitingLines) { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly Task _writing;

    /// <summary>Makes a log.</summary>
    /// <param name="output">Takes the lines. Not taken over.</param>
    /// <param name="time">The clock of the lines.</param>
    public RestoreLog(Stream output, TimeProvider time)
    {
        _time = time;
        _writing = WriteAsync(output);
    }

    /// <summary>Writes an ordinary line.</summary>
    public ValueTask InfoAsync(string message, CancellationToken cancellationToken) => AddAsync("info", message, cancellationToken);

    /// <summary>Writes a line that somebody should look at.</summary>
    public ValueTask WarningAsync(string message, CancellationToken cancellationToken) => AddAsync("warning", message, cancellationToken);

    /// <summary>Writes a line about what failed.</summary>
    public ValueTask ErrorAsync(string message, CancellationToken cancellationToken) => AddAsync("error", message, cancellationToken);

    /// <summary>Ends the log and waits until its last line is written.</summary>
    public Task CompleteAsync()
    {
        _lines.Writer.TryComplete();
        return _writing;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ValueTask AddAsync(string level, string message, CancellationToken cancellationToken)
    {
        var time = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var quoted = Printable.Escape(message).Replace("\"", "\\\"", StringComparison.Ordinal);
        return _lines.Writer.WriteAsync($"time=\"{time}\" level={level} msg=\"{quoted}\"\n", cancellationToken);
    }

    private async Task WriteAsync(Stream output)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line)).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // Whoever writes the next line learns of it.
            _lines.Writer.TryComplete(failure);
            throw;
        }
    }
}
