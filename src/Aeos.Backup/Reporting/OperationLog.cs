using System.Text;
using System.Threading.Channels;

namespace Aeos.Backup.Reporting;

/// <summary>
/// The log of a backup or a restore: a line for each event in the form that Velero's servers write (logrus text), streamed to where it goes. Text from the
/// cluster or an archive is escaped: whoever wrote it must not be able to forge a line. Safe to share between threads.
/// </summary>
internal sealed class OperationLog : IAsyncDisposable
{
    private const int WaitingLines = 4096;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(WaitingLines) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly KeyValuePair<string, string> _about;
    private readonly Task _writing;

    /// <summary>Makes a log.</summary>
    /// <param name="output">Takes the lines. Not taken over.</param>
    /// <param name="field">What the lines are about: <c>backup</c> or <c>restore</c>.</param>
    /// <param name="name">Its name, as in <c>velero/nightly-1</c>.</param>
    /// <param name="time">The clock of the lines.</param>
    public OperationLog(Stream output, string field, string name, TimeProvider time)
    {
        _time = time;
        _about = new(field, name);
        _writing = WriteAsync(output);
    }

    /// <summary>Writes an ordinary line.</summary>
    public ValueTask InfoAsync(string message, CancellationToken cancellationToken) => AddAsync("info", message, cancellationToken);

    /// <summary>Writes a line that somebody should look at.</summary>
    public ValueTask WarningAsync(string message, CancellationToken cancellationToken) => AddAsync("warning", message, cancellationToken);

    /// <summary>Writes a line about what failed.</summary>
    public ValueTask ErrorAsync(string message, CancellationToken cancellationToken) => AddAsync("error", message, cancellationToken);

    public ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => AddAsync("info", message, cancellationToken, fields);

    public ValueTask WarningAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => AddAsync("warning", message, cancellationToken, fields);

    public ValueTask ErrorAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => AddAsync("error", message, cancellationToken, fields);

    /// <summary>Ends the log and waits until its last line is written.</summary>
    public Task CompleteAsync()
    {
        _lines.Writer.TryComplete();
        return _writing;
    }

    /// <summary>Ends the log. Lines that are not written by then are dropped, so that a store that hangs does not hold whoever gives up.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private ValueTask AddAsync(
        string level, string message, CancellationToken cancellationToken, IReadOnlyList<KeyValuePair<string, string>>? fields = null)
        => _lines.Writer.WriteAsync(LogrusText.Line(_time.GetUtcNow(), level, message, [_about, .. fields ?? []]), cancellationToken);

    private async Task WriteAsync(Stream output)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(line), _stop.Token).ConfigureAwait(false);
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
