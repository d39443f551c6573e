using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Schedules;

/// <summary>Schedules in Velero's columns.</summary>
internal static class ScheduleTable
{
    public static string Of(IEnumerable<ScheduleDocument> documents, DateTimeOffset now)
    {
        var table = new Table("NAME", "STATUS", "CREATED", "SCHEDULE", "BACKUP TTL", "LAST BACKUP", "SELECTOR", "PAUSED");
        foreach (var (metadata, spec, status) in documents.Select(static document => (document.Metadata, document.Spec, document.Status)))
        {
            table.Add(
                Printable.Escape(metadata.Name),
                Printable.Escape(status.Phase ?? SchedulePhase.New),
                TimeText.Of(metadata.CreationTimestamp),
                Printable.Escape(spec.Schedule),
                Printable.Escape(spec.Template.Ttl ?? "0s"),
                TimeText.FromNow(status.LastBackup, now),
                Printable.Escape(SelectorText.Of(spec.Template.LabelSelector)),
                spec.Paused == true ? "true" : "false");
        }

        return table.ToString();
    }
}
