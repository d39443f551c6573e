using Aeos.Cli.Cluster;
using Aeos.Server.Resources;

namespace Aeos.Cli.Locations;

/// <summary>There is one default location at most.</summary>
internal static class DefaultLocations
{
    /// <summary>Refuses a second one.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="name">The one that is to be it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">Another one is it.</exception>
    public static async Task CheckAsync(ServerResources resources, string name, CancellationToken cancellationToken)
    {
        var all = await resources.FindAsync(VeleroTypes.BackupStorageLocations, [], null, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        if (all.All.FirstOrDefault(location => location.Spec.Default == true && location.Metadata.Name != name) is { } other)
        {
            throw new AeosException(
                $"the location {other.Metadata.Name} is the default one", $"Let it be so no more first, with \"aeos backup-location set {other.Metadata.Name} --default=false\".");
        }
    }
}
