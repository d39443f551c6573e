using System.Threading.Channels;
using Aeos.Backup.Reporting;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>
/// Tells of a backup's hooks in its log, and of what went wrong in its results too, where Velero has it: under the backup itself. A log that takes no more
/// lines keeps no hook from running: whoever commits it learns of it.
/// </summary>
internal sealed class BackupHookJournal(OperationResults results, OperationLog log) : IHookJournal
{
    public ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => TryAsync(log.InfoAsync(message, fields, cancellationToken));

    public ValueTask WarnAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        results.Warnings.AddVelero(message);
        return TryAsync(log.WarningAsync(message, fields, cancellationToken));
    }

    public ValueTask FailAsync(string @namespace, string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        results.Errors.AddVelero(message);
        return TryAsync(log.ErrorAsync(message, fields, cancellationToken));
    }

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
