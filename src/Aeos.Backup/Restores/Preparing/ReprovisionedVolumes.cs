using System.Collections.Concurrent;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Volumes of the backup that are not restored: whoever claims them gets a new one.</summary>
internal sealed class ReprovisionedVolumes
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public void Add(string volume) => _names[volume] = true;

    public bool Contains(string volume) => _names.ContainsKey(volume);
}
