using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>What came of a backup that has just ended: a line and its messages, or its document.</summary>
internal static class BackupOutcomeText
{
    public static Task WriteAsync(BackupOutcome outcome, BackupEncryption? encryption, ListingFormat format, TextWriter output)
    {
        var (document, status) = (outcome.Document, outcome.Document.Status);
        OutcomeReport.Write(outcome.Results, $"see \"aeos backup describe {document.Metadata.Name}\"");
        var key = encryption is null ? "not encrypted" : $"encrypted with the key {encryption.Key.Name}";
        return output.WriteAsync(format != ListingFormat.Text
            ? JsonText.Format(document.ToJson(), format)
            : $"Backup {document.Metadata.Name} {status.Phase}: {status.Progress?.ItemsBackedUp ?? 0} items, {status.Errors ?? 0} errors, {status.Warnings ?? 0} warnings, {key}.\n");
    }

    /// <summary>A line about a backup that the server made.</summary>
    public static string Line(BackupDocument document)
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

        return $"Backup {document.Metadata.Name} {status.Phase}: {status.Progress?.ItemsBackedUp ?? 0} items, {status.Errors ?? 0} errors, {status.Warnings ?? 0} warnings, {SaidEncryption.Phrase(status)}.";
    }
}
