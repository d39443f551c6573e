using System.IO.Enumeration;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>
/// Walks a bucket's folder in the order of the keys' UTF-8 bytes. Holds the names of one folder a level, never those of the whole bucket.
/// </summary>
/// <remarks>
/// A folder is sorted as its name with a slash, so that <c>a-b</c>, <c>a/b</c> and <c>a0</c> come in this order: all keys below it lie between its neighbours.
/// Symbolic links are no objects.
/// </remarks>
internal static class KeyWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The keys that begin with the prefix.</summary>
    public static IEnumerable<string> Keys(BucketFolder bucket, string prefix)
    {
        var levels = new Stack<(string Folder, IEnumerator<string> Names)>();
        var start = FolderOf(prefix);
        levels.Push((start, NamesUnder(bucket, prefix).GetEnumerator()));
        while (levels.TryPeek(out var level))
        {
            if (!level.Names.MoveNext())
            {
                levels.Pop();
                continue;
            }

            var key = level.Folder + level.Names.Current;
            if (key.EndsWith('/'))
            {
                levels.Push((key, SortedNames(bucket, key).GetEnumerator()));
            }
            else
            {
                yield return key;
            }
        }

        // A volume that went away in between must not look like a bucket with fewer objects.
        bucket.Require();
    }

    /// <summary>The folders with objects in them that begin with the prefix, with a slash at the end: the common prefixes for that delimiter.</summary>
    public static IEnumerable<string> Folders(BucketFolder bucket, string prefix)
    {
        var folder = FolderOf(prefix);
        foreach (var name in NamesUnder(bucket, prefix))
        {
            if (name.EndsWith('/') && HoldsObject(bucket.PathOf(folder + name)))
            {
                yield return folder + name;
            }
        }

        bucket.Require();
    }

    /// <summary>Whether any object lies in the folder, at any depth.</summary>
    public static bool HoldsObject(string folder)
    {
        try
        {
            return Entries(folder).Any(name => !name.EndsWith('/') || HoldsObject($"{folder}/{name[..^1]}"));
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Removes a folder in which nothing but folders are; does nothing to one that holds anything else.</summary>
    public static void RemoveEmptyFolders(string folder)
    {
        try
        {
            foreach (var name in Entries(folder).Where(name => name.EndsWith('/')).ToList())
            {
                RemoveEmptyFolders($"{folder}/{name[..^1]}");
            }
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        _ = LibC.RemoveFolder(folder);
    }

    private static string FolderOf(string prefix) => prefix[..(prefix.LastIndexOf('/') + 1)];

    private static IEnumerable<string> NamesUnder(BucketFolder bucket, string prefix)
    {
        bucket.Require();
        var folder = FolderOf(prefix);
        var beginning = prefix[folder.Length..];
        if (folder.Length > 0
            && (KeyRules.Broken(folder[..^1], bucket.Path) is not null || bucket.Find(folder[..^1]) != BucketFolder.Kind.Folder))
        {
            return [];
        }

        return SortedNames(bucket, folder).Where(name => name.StartsWith(beginning, StringComparison.Ordinal));
    }

    private static List<string> SortedNames(BucketFolder bucket, string folder)
    {
        List<string> names;
        try
        {
            names = [.. Entries(bucket.PathOf(folder))];
        }
        catch (DirectoryNotFoundException)
        {
            // Its last object was deleted meanwhile.
            return [];
        }

        if (folder.Length == 0)
        {
            names.Remove(UnfinishedObjects.FolderName + "/");
        }

        names.Sort(Utf8Order.Instance);
        return names;
    }

    /// <summary>The names in a folder, those of folders with a slash.</summary>
    private static FileSystemEnumerable<string> Entries(string folder) => new(
        folder,
        static (ref FileSystemEntry entry) => entry.IsDirectory ? $"{entry.FileName}/" : entry.FileName.ToString(),
        Everything)
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.IsLink() && IsText(ref entry),
    };

    /// <summary>A name of bytes that are no UTF-8, which no key can have put there, is decoded to one that leads nowhere.</summary>
    private static bool IsText(ref FileSystemEntry entry) =>
        !entry.FileName.Contains('\uFFFD') || !new FileInfo(entry.ToFullPath()).Attributes.IsMissing();
}
