using System.Globalization;
using System.Text;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Backups as people and programs read them.</summary>
internal static class BackupListing
{
    private static readonly string[] Titles = ["NAME", "STATUS", "ERRORS", "WARNINGS", "CREATED", "EXPIRES", "ENCRYPTED"];

    /// <summary>A list of backups: a table, or a BackupList of Velero's.</summary>
    public static Task WriteAsync(IReadOnlyList<BackupDocument> documents, ListingFormat format, TextWriter output)
    {
        if (format != ListingFormat.Text)
        {
            var items = string.Join(',', documents.Select(document => Encoding.UTF8.GetString(document.ToJson())));
            var json = documents.Count == 1 ? items : $$"""{"kind":"BackupList","apiVersion":"velero.io/v1","items":[{{items}}]}""";
            return output.WriteAsync(JsonText.Format(Encoding.UTF8.GetBytes(json), format));
        }

        var rows = documents.Select(Row).Prepend(Titles).ToList();
        var widths = Titles.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = string.Concat(rows.Select(row => $"{string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()}\n"));
        return output.WriteAsync(text);
    }

    /// <summary>What came of a backup: a line or two, or its document.</summary>
    public static Task WriteOutcomeAsync(BackupOutcome outcome, ListingFormat format, TextWriter output)
    {
        var (document, status) = (outcome.Document, outcome.Document.Status);
        if (format != ListingFormat.Text)
        {
            return output.WriteAsync(JsonText.Format(document.ToJson(), format));
        }

        var encrypted = status.Encryption is { IsEncrypted: true } ? "encrypted" : "not encrypted";
        return output.WriteAsync(
            $"Backup {document.Metadata.Name} {status.Phase}: {status.Progress?.ItemsBackedUp ?? 0} items, {status.Errors ?? 0} errors, {status.Warnings ?? 0} warnings, {encrypted}.\n");
    }

    /// <summary>A backup in all that is known of it.</summary>
    public static string Describe(BackupDocument document, OperationResults? results, string? resourceList)
    {
        var (spec, status) = (document.Spec, document.Status);
        var text = new StringBuilder();
        Line(text, "Name", document.Metadata.Name);
        Line(text, "Namespace", document.Metadata.Namespace);
        Line(text, "Labels", document.Metadata.Labels is { } labels ? string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}")) : null);
        Line(text, "Phase", status.Phase);
        Line(text, "Encrypted", Encryption(status));
        Line(text, "Namespaces included", List(spec.IncludedNamespaces) ?? "*");
        Line(text, "Namespaces excluded", List(spec.ExcludedNamespaces));
        Line(text, "Resources included", List(spec.IncludedResources) ?? "*");
        Line(text, "Resources excluded", List(spec.ExcludedResources));
        Line(text, "Cluster-scoped", spec.IncludeClusterResources switch { true => "included", false => "excluded", null => "auto" });
        Line(text, "TTL", spec.Ttl);
        Line(text, "Format version", status.FormatVersion);
        Line(text, "Started", status.StartTimestamp);
        Line(text, "Completed", status.CompletionTimestamp);
        Line(text, "Expires", status.Expiration);
        Line(text, "Items backed up", status.Progress?.ItemsBackedUp?.ToString(CultureInfo.InvariantCulture));
        Messages(text, "Errors", results?.Errors);
        Messages(text, "Warnings", results?.Warnings);
        if (resourceList is not null)
        {
            text.Append("Resource list:\n").Append(resourceList);
        }

        return text.ToString();
    }

    private static string[] Row(BackupDocument document) =>
    [
        Printable.Escape(document.Metadata.Name),
        Printable.Escape(document.Status.Phase ?? "unknown"),
        (document.Status.Errors ?? 0).ToString(CultureInfo.InvariantCulture),
        (document.Status.Warnings ?? 0).ToString(CultureInfo.InvariantCulture),
        Printable.Escape(document.Status.StartTimestamp ?? document.Metadata.CreationTimestamp ?? "unknown"),
        Printable.Escape(document.Status.Expiration ?? "never"),
        document.Status.Encryption is { IsEncrypted: true } ? "yes" : "no",
    ];

    private static string Encryption(BackupStatus status) => status.Encryption is not { IsEncrypted: true } how ? "no, as its document says"
        : $"{how.Format ?? EncryptionStatus.AesGcmFormat}, key from {how.KeyRetrieverType ?? "an unnamed place"} "
            + $"({string.Join(", ", (how.KeyRetrieverConfig ?? new Dictionary<string, string>()).Select(pair => $"{pair.Key} {pair.Value}"))}), as its document says";

    private static string? List(IReadOnlyList<string>? names) => names is { Count: > 0 } ? string.Join(", ", names) : null;

    private static void Line(StringBuilder text, string title, string? value)
        => text.Append(CultureInfo.InvariantCulture, $"{title + ":",-22}{SafeText.Line(value is { Length: > 0 } ? value : "<none>")}\n");

    private static void Messages(StringBuilder text, string title, ResultMessages? messages)
    {
        if (messages is not { Count: > 0 })
        {
            Line(text, title, null);
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{title}:\n");
        var groups = messages.Namespaces.Select(pair => (Title: $"namespace {pair.Key}", Lines: pair.Value)).Prepend((Title: "cluster", Lines: messages.Cluster)).Prepend((Title: "backup", Lines: messages.Velero));
        foreach (var (group, line) in groups.SelectMany(group => group.Item2.Select(line => (group.Item1, line))))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {SafeText.Line(group)}: {SafeText.Line(line)}\n");
        }
    }
}
