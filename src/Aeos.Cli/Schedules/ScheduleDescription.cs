using Aeos.Cli.Backups;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Schedules;

/// <summary>A schedule in the form of Velero's <c>describe</c>.</summary>
internal static class ScheduleDescription
{
    private const string Never = "<never>";

    public static Description Of(ScheduleDocument document)
    {
        var (metadata, spec, status) = (document.Metadata, document.Spec, document.Status);
        var description = new Description()
            .AddMetadata(metadata)
            .Space()
            .Field("Phase", status.Phase ?? SchedulePhase.New);
        if (spec.Template.ResourcePolicy is { } policy)
        {
            description.Space().Line("Resource policies:").Field("Type", policy.Kind, 1).Field("Name", policy.Name, 1);
        }

        return description
            .AddProblems(status.ValidationErrors, null)
            .Space()
            .Field("Paused", spec.Paused == true ? "true" : "false")
            .Space()
            .Field("Schedule", spec.Schedule)
            .Space()
            .Line("Backup Template:")
            .Within(template => AddTemplate(template, spec.Template))
            .Space()
            .Field("Last Backup", status.LastBackup is { Length: > 0 } last ? TimeText.Of(last) : Never);
    }

    private static void AddTemplate(Description description, BackupSpec template)
    {
        BackupDescription.AddSpec(description, template);
        if (template.Encryption is { } encryption)
        {
            description.Space().Line("Encryption:").Switch("Enabled", encryption.Enabled, 1).Field("Secret", encryption.SecretName, 1);
        }
    }
}
