using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Which volumes the backup has data of, in whatever form: their claims get new, empty volumes here, since no data is restored, and never the
/// volume that the backup describes, which may still be in use.
/// </summary>
/// <param name="volumes">Names of persistent volumes.</param>
/// <param name="claims">Namespaces and names of claims, for backups that tell no volume's name.</param>
internal sealed class VolumeData(IReadOnlySet<string> volumes, IReadOnlySet<(string Namespace, string Name)> claims)
{
    /// <summary>The backup has none.</summary>
    public static readonly VolumeData None = new(new HashSet<string>(), new HashSet<(string, string)>());

    /// <summary>Whether there is data of this persistent volume.</summary>
    public bool Has(JsonObject volume) => volumes.Contains(volume.Child("metadata").Text("name"))
        || (volume.Child("spec").Child("claimRef") is { } claim && claims.Contains((claim.Text("namespace"), claim.Text("name"))));
}
