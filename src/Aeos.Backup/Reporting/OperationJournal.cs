using System.Threading.Channels;

namespace Aeos.Backup.Reporting;

/// <summary>
/// A log for those who do the work: one that takes no more lines, since the store does not, ends neither a restore nor a hook in the middle. Whoever commits
/// it learns of that.
/// </summary>
internal sealed class OperationJournal(OperationLog log)
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
