using Aeos.Velero.Resources;

namespace Aeos.Server.Schedules;

/// <summary>
/// Keeps what a Schedule says of its backups' encryption in an annotation too. The official client's types do not know the field: what it writes (<c>velero schedule
/// pause</c>, <c>velero backup create --from-schedule</c>) has lost it, and has the Schedule's annotations still.
/// </summary>
public static class TemplateEncryption
{
    /// <summary>The annotation of Schedules and their Backups: <c>spec.encryption</c> as JSON. It counts where the field says nothing.</summary>
    public const string Annotation = "aeos.io/template-encryption";

    /// <summary>What became of a Schedule whose field was gone.</summary>
    public const string Restored =
        $"spec.template.encryption was gone, which velero schedule pause and unpause remove: it was set again as the annotation {Annotation} has it. "
        + "To encrypt no longer, set spec.template.encryption.enabled to false; or remove the field and the annotation together.";

    /// <summary>Whether a field says anything.</summary>
    public static bool Says(BackupEncryptionSpec? encryption)
        => encryption is { Enabled: not null } or { SecretName.Length: > 0 } or { Others.Count: > 0 };

    /// <summary>What holds: the field, or else the annotation; null: nothing is said.</summary>
    /// <param name="field">A Backup's <c>spec.encryption</c> or a Schedule's <c>spec.template.encryption</c>.</param>
    /// <param name="metadata">Its metadata.</param>
    public static BackupEncryptionSpec? Of(BackupEncryptionSpec? field, DocumentMetadata metadata)
        => !Says(field) && Noted(metadata) is { } json ? BackupEncryptionSpec.TryParse(json) : field;

    /// <summary>Why it cannot be told what holds; null: it can.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? Problem(BackupEncryptionSpec? field, DocumentMetadata metadata)
        => !Says(field) && Noted(metadata) is { } json && !Says(BackupEncryptionSpec.TryParse(json))
            ? $"the annotation {Annotation} is not the JSON of an encryption, such as {{\"enabled\":true}}: correct it, or remove it" : null;

    /// <summary>Makes field and annotation agree: the field wins where it says something, and one that switches encryption off removes the annotation.</summary>
    public static ScheduleDocument Keep(ScheduleDocument schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var field = schedule.Spec.Template.Encryption;
        if (!Says(field))
        {
            return Problem(field, schedule.Metadata) is null && Of(field, schedule.Metadata) is { } noted
                ? schedule with { Spec = schedule.Spec with { Template = schedule.Spec.Template with { Encryption = noted } } } : schedule;
        }

        var annotations = new Dictionary<string, string>(schedule.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        if (field is { Enabled: false })
        {
            annotations.Remove(Annotation);
        }
        else
        {
            annotations[Annotation] = field!.ToJson();
        }

        return schedule with { Metadata = schedule.Metadata with { Annotations = annotations.Count > 0 || schedule.Metadata.Annotations is not null ? annotations : null } };
    }

    private static string? Noted(DocumentMetadata metadata) => metadata.Annotations?.GetValueOrDefault(Annotation);
}
