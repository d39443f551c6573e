using Aeos.Backup.Reporting;
using Aeos.Backup.Restores;

namespace Aeos.Backup.Hooks;

/// <summary>Tells of a restore's hooks in its log, and of those that failed under their namespaces in its results.</summary>
internal sealed class RestoreHookJournal(RestoreOutcome outcome, OperationJournal log) : IHookJournal
{
    public ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => log.InfoAsync(message, fields, cancellationToken);

    public ValueTask WarnAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
        => log.WarningAsync(message, fields, cancellationToken);

    public ValueTask FailAsync(string @namespace, string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        outcome.Errors.Add(@namespace, message);
        return log.ErrorAsync(message, fields, cancellationToken);
    }
}
