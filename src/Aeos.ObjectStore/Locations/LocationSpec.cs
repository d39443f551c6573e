namespace Aeos.ObjectStore.Locations;

/// <summary>Where objects go, as a BackupStorageLocation or the configuration that Velero hands to a plugin says it.</summary>
/// <param name="Provider">For example <c>aeos.io/filesystem</c>.</param>
/// <param name="Bucket">The bucket (container, folder), without slashes around it.</param>
/// <param name="Prefix">Empty, or a prefix without slashes around it.</param>
/// <param name="Config">The provider's settings: <c>spec.config</c>, and <c>caCert</c> and <c>credentialsFile</c> as Velero adds them.</param>
public sealed record LocationSpec(string Provider, string Bucket, string Prefix, IReadOnlyDictionary<string, string> Config)
{
    /// <summary>The location's name; empty when nothing says it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it takes no backups (<c>spec.accessMode</c>).</summary>
    public bool IsReadOnly { get; init; }
}
