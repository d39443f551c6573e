using Aeos.Backup.Reporting;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>Tells of a backup's hooks in its log, and of what went wrong in its results too, where Velero has it: under the backup itself.</summary>
internal sealed class BackupHookJournal(OperationResults results, OperationJournal log) : IHookJournal
{
    public ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => log.InfoAsync(message, fields, cancellationToken);

    public ValueTask WarnAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        results.Warnings.AddVelero(message);
        return log.WarningAsync(message, fields, cancellationToken);
    }

    public ValueTask FailAsync(string @namespace, string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        results.Errors.AddVelero(message);
        return log.ErrorAsync(message, fields, cancellationToken);
    }
}
