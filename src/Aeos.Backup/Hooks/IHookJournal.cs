namespace Aeos.Backup.Hooks;

/// <summary>Takes what is to be said of hooks. Safe to share between threads where hooks of several pods are run at once.</summary>
internal interface IHookJournal
{
    ValueTask InfoAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken);

    ValueTask WarnAsync(string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken);

    /// <summary>Says what failed, in the log and in the results.</summary>
    ValueTask FailAsync(string @namespace, string message, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken);
}
