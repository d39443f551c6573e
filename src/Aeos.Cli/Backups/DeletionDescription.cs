using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>What became of the requests to delete a backup, as Velero's <c>describe</c> shows it.</summary>
internal static class DeletionDescription
{
    /// <summary>The requests; nothing where there are none.</summary>
    public static Description AddDeletions(this Description description, IReadOnlyList<DeleteBackupRequestDocument> requests)
    {
        if (requests.Count == 0)
        {
            return description;
        }

        var failed = requests.Count(static request => request.Status is { Phase: DeleteBackupRequestPhase.Processed, Errors.Count: > 0 });
        description.Space().Line(failed == 0 ? "Deletion Attempts:" : $"Deletion Attempts ({failed} failed):");
        foreach (var request in requests)
        {
            description.Line($"{TimeText.Of(request.Metadata.CreationTimestamp)}: {request.Status.Phase ?? DeleteBackupRequestPhase.New}", 1);
            foreach (var error in request.Status.Errors ?? [])
            {
                description.Line(error, 2);
            }
        }

        return description;
    }
}
