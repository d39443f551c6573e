using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>What came of a restore that has just ended: a line and its messages, or its document.</summary>
internal static class RestoreOutcomeText
{
    public static Task WriteAsync(RestoreDocument document, RestoreOutcome outcome, ListingFormat format, TextWriter output)
    {
        OutcomeReport.Write(outcome.Results, $"see \"aeos restore describe {document.Metadata.Name}\"");
        return output.WriteAsync(format != ListingFormat.Text
            ? JsonText.Format(document.ToJson(), format)
            : $"Restore {document.Metadata.Name} of backup {document.Spec.BackupName} {document.Status.Phase}: {outcome.Items.Count} items, {outcome.Errors.Count} errors, {outcome.Warnings.Count} warnings.\n");
    }

    /// <summary>A line about what the server restored.</summary>
    public static string Line(RestoreDocument document)
    {
        var status = document.Status;
        foreach (var problem in status.ValidationErrors ?? [])
        {
            Report.Note($"error: {problem}");
        }

        if (status.FailureReason is { Length: > 0 } reason)
        {
            Report.Note($"error: {reason}");
        }

        return $"Restore {document.Metadata.Name} of backup {document.Spec.BackupName} {status.Phase}: {status.Progress?.ItemsRestored ?? 0} items, {status.Errors ?? 0} errors, {status.Warnings ?? 0} warnings.";
    }
}
