namespace Aeos.ObjectStore.Filesystem;

/// <summary>
/// A bucket as a folder under the root: finds what lies at a key, makes and removes the folders of keys. Symbolic links within it are
/// refused, so that no key leads out of it. The folder itself is never made here: on a volume that is not mounted, a fresh empty bucket would tell Velero
/// that all backups are gone.
/// </summary>
internal sealed class BucketFolder(string root, string bucket)
{
    private const int MostAttempts = 1000;

    /// <summary>What can lie at a key.</summary>
    internal enum Kind
    {
        /// <summary>Nothing.</summary>
        Nothing,

        /// <summary>An object.</summary>
        File,

        /// <summary>A folder.</summary>
        Folder,

        /// <summary>Nothing, and nothing can: a part of the path is an object.</summary>
        UnderFile,
    }

    /// <summary>The folder's path.</summary>
    public string Path { get; } = System.IO.Path.Combine(root, bucket);

    /// <summary>The path of a key that <see cref="KeyRules"/> allow.</summary>
    public string PathOf(string key) => $"{Path}/{key}";

    /// <summary>
    /// Checks that the bucket is there. Its errors never say "not found" or "does not exist": Velero would take the objects for deleted.
    /// </summary>
    public void Require()
    {
        if (!new FileInfo(root).Attributes.IsFolder())
        {
            throw new ObjectStoreException(
                $"the root folder \"{root}\" is missing or no folder", "Mount the volume that holds it, or correct the location's setting root.");
        }

        var attributes = new FileInfo(Path).Attributes;
        if (attributes.IsLink())
        {
            throw Link(Path);
        }

        if (!attributes.IsFolder())
        {
            throw new ObjectStoreException(
                $"the bucket \"{bucket}\" has no folder \"{Path}\"",
                $"Mount the volume that holds it, or, for a new location, make it with: mkdir \"{Path}\".");
        }
    }

    /// <summary>Says what lies at the key.</summary>
    /// <exception cref="ObjectStoreException">A part of the path is a symbolic link.</exception>
    public Kind Find(string key)
    {
        var end = -1;
        do
        {
            var next = key.IndexOf('/', end + 1);
            end = next < 0 ? key.Length : next;
            var path = PathOf(key[..end]);
            var attributes = new FileInfo(path).Attributes;
            if (attributes.IsMissing())
            {
                return Kind.Nothing;
            }

            if (attributes.IsLink())
            {
                throw Link(path);
            }

            if (!attributes.IsFolder())
            {
                return end == key.Length ? Kind.File : Kind.UnderFile;
            }
        }
        while (end < key.Length);

        return Kind.Folder;
    }

    /// <summary>Refuses a key that the folder cannot hold next to what it holds now.</summary>
    public void RequireRoomFor(string key)
    {
        Require();
        switch (Find(key))
        {
            case Kind.UnderFile:
                throw new ObjectKeyRefusedException(key, "a part of it is an object already, and a folder cannot hold a file and a folder of one name");
            case Kind.Folder when KeyWalk.HoldsObject(PathOf(key)):
                throw new ObjectKeyRefusedException(key, "there are objects below it, and a folder cannot hold a file and a folder of one name");
            default:
                break;
        }
    }

    /// <summary>Renames a finished file to the key's path and makes that durable.</summary>
    public void Place(string file, string key)
    {
        var path = PathOf(key);
        for (var attempt = 1; ; attempt++)
        {
            RequireRoomFor(key);
            var error = MakeFoldersOf(key);
            error = error == 0 ? LibC.Rename(file, path) : error;
            if (error == 0)
            {
                break;
            }

            // Another process may have removed a folder as empty, or made one: then look again. A killed one may have left an empty folder.
            if (error == LibC.IsFolder)
            {
                KeyWalk.RemoveEmptyFolders(path);
            }
            else if (error is not (LibC.NoEntry or LibC.NotFolder) || attempt == MostAttempts || !File.Exists(file))
            {
                throw LibC.ToException(error, path);
            }
        }

        SyncFoldersOf(key);
    }

    /// <summary>Removes an object and the folders that it leaves empty. False when there is none.</summary>
    public bool Remove(string key)
    {
        var error = LibC.RemoveFile(PathOf(key));
        if (error is LibC.NoEntry or LibC.NotFolder)
        {
            return false;
        }

        if (error != 0)
        {
            throw LibC.ToException(error, PathOf(key));
        }

        foreach (var folder in FoldersOf(key).Reverse())
        {
            if (LibC.RemoveFolder(folder) != 0)
            {
                break;
            }
        }

        SyncFoldersOf(key);
        return true;
    }

    private static ObjectStoreException Link(string path) => new(
        $"\"{path}\" is a symbolic link, which this store does not follow", "Put the folder or file itself there: a bind mount can stand for a link.");

    /// <summary>The folders of a key below the bucket, outermost first.</summary>
    private IEnumerable<string> FoldersOf(string key)
    {
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            yield return PathOf(key[..slash]);
        }
    }

    private int MakeFoldersOf(string key)
    {
        foreach (var folder in FoldersOf(key))
        {
            var error = LibC.MakeFolder(folder);
            if (error is not (0 or LibC.Exists))
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>All of them, not only the new ones: another writer may have made a folder and not yet synced it.</summary>
    private void SyncFoldersOf(string key)
    {
        foreach (var folder in FoldersOf(key).Reverse().Append(Path))
        {
            var error = LibC.SyncFolder(folder);
            if (error is not (0 or LibC.NoEntry))
            {
                throw LibC.ToException(error, folder);
            }
        }
    }
}
