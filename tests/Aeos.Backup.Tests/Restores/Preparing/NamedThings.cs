using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

/// <summary>A cluster of which only names are known.</summary>
internal sealed class NamedThings : ITargetCluster
{
    public Dictionary<string, string[]> Accounts { get; init; } = [];

    public string[] StorageClasses { get; init; } = [];

    public ValueTask<IReadOnlyCollection<string>> AccountNamesAsync(string @namespace, CancellationToken cancellationToken) =>
        new(Accounts.GetValueOrDefault(@namespace, []));

    public ValueTask<bool> HasStorageClassAsync(string name, CancellationToken cancellationToken) => new(StorageClasses.Contains(name));
}
