using Aeos.Velero.Resources;

namespace Aeos.Cli.Listings;

/// <summary>What the descriptions of backups and of restores have in common.</summary>
internal static class ResourceFields
{
    /// <summary>The block that each description begins with.</summary>
    public static Description AddMetadata(this Description description, DocumentMetadata metadata) => description
        .Field("Name", metadata.Name)
        .Field("Namespace", metadata.Namespace)
        .Pairs("Labels", metadata.Labels)
        .Pairs("Annotations", metadata.Annotations);

    /// <summary>The phase, and where a failed one is explained.</summary>
    /// <param name="description">Where to.</param>
    /// <param name="phase">The phase; null: nothing has begun.</param>
    /// <param name="hasFailed">Whether it is one that the log explains.</param>
    /// <param name="logs">The command that shows the log.</param>
    public static Description AddPhase(this Description description, string? phase, bool hasFailed, string logs) =>
        description.Field("Phase", $"{phase ?? "New"}{(hasFailed ? $" (run \"{logs}\" for more information)" : "")}");

    /// <summary>Why it was not even begun, or failed; nothing where neither is so.</summary>
    public static Description AddProblems(this Description description, IReadOnlyList<string>? validationErrors, string? failureReason)
    {
        if (validationErrors is { Count: > 0 })
        {
            description.Space().Lines("Validation errors", validationErrors, 0);
        }

        return failureReason is { Length: > 0 } ? description.Space().Field("Failure reason", failureReason) : description;
    }

    /// <summary>Whether objects in no namespace are in it.</summary>
    public static Description AddClusterScope(this Description description, bool? isIncluded) =>
        description.Field("Cluster-scoped", isIncluded switch { true => "included", false => "excluded", null => "auto" }, 1);

    /// <summary>The two selectors, each in a block.</summary>
    public static Description AddSelectors(this Description description, LabelSelector? all, IReadOnlyList<LabelSelector>? any) => description
        .Field("Label selector", SelectorText.Of(all))
        .Space()
        .Field("Or label selector", SelectorText.Of(any));

    /// <summary>What became of hooks, in a block of its own; nothing where there were none.</summary>
    public static Description AddHookStatus(this Description description, HookStatus? hooks) => hooks is null ? description : description
        .Space()
        .Number("HooksAttempted", hooks.HooksAttempted ?? 0)
        .Number("HooksFailed", hooks.HooksFailed ?? 0);
}
