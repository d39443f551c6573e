using System.Threading.Channels;
using Aeos.Backup.Reporting;

namespace Aeos.Backup.Restores.Reporting;

/// <summary>
/// The restore's log, as those see it who restore: a store that takes no more lines does not end the restore in the middle. Whoever commits the log
/// learns of it.
/// </summary>
internal sealed class RestoreJournal(OperationLog log)
{
    public ValueTask InfoAsync(string message, CancellationToken cancellationToken) => TryAsync(log.InfoAsync(message, cancellationToken));

    public ValueTask WarningAsync(string message, CancellationToken cancellationToken) => TryAsync(log.WarningAsync(message, cancellationToken));

    public ValueTask ErrorAsync(string message, CancellationToken cancellationToken) => TryAsync(log.ErrorAsync(message, cancellationToken));

    public ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken) =>
        TryAsync(log.InfoAsync(message, fields, cancellationToken));

    public ValueTask WarningAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken) =>
        TryAsync(log.WarningAsync(message, fields, cancellationToken));

    public ValueTask ErrorAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken) =>
        TryAsync(log.ErrorAsync(message, fields, cancellationToken));

    private static async ValueTask TryAsync(ValueTask line)
    {
        try
        {
            await line.ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Its writer failed before.
        }
    }
}
