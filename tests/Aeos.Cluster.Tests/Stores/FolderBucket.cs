using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>A bucket of the filesystem store, whose folder is watched.</summary>
internal sealed class FolderBucket(Bucket bucket) : IWatchedBucket
{
    public IObjectStore Store => bucket.Store;

    public string Folder => bucket.Folder;

    public string KeyFile => bucket.KeyFile;

    public string Manifest => bucket.Manifest;

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>What is seen has been done already.</summary>
    public IDisposable Watch(Func<bool> changing)
    {
        var watcher = new FileSystemWatcher(Path.Combine(bucket.Folder, "bucket")) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => changing();
        watcher.Renamed += (_, _) => changing();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    public Task<Bucket> LookAsync() => Task.FromResult(bucket);
}
