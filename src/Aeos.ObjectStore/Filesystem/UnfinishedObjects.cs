using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>
/// The files that are being written, in a folder of the bucket that listings leave out: on the same filesystem as the objects, so that a rename makes
/// them visible. Whoever writes one holds its lock; a file whose lock is free was left by a writer that was killed. Locks hold
/// between containers on one node, and between nodes where the filesystem has them (NFS since version 4).
/// </summary>
internal sealed class UnfinishedObjects(string bucketPath)
{
    /// <summary>The folder, in the bucket's own.</summary>
    public const string FolderName = ".aeos-unfinished";

    private const string Extension = ".part";
    private const int NameBytes = 16;

    private readonly string _folder = $"{bucketPath}/{FolderName}";

    /// <summary>Makes a new file and takes its lock.</summary>
    public (string Path, SafeFileHandle Handle) Create()
    {
        while (true)
        {
            var error = LibC.MakeFolder(_folder);
            if (error is not (0 or LibC.Exists))
            {
                throw LibC.ToException(error, _folder);
            }

            var path = $"{_folder}/{RandomNumberGenerator.GetHexString(NameBytes * 2, lowercase: true)}{Extension}";
            SafeFileHandle handle;
            try
            {
                handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
            {
                // Another writer was done and removed the folder, empty as it was.
                continue;
            }
            catch (IOException e) when (e.HResult == LibC.WouldBlock)
            {
                // Between the file's birth and its lock, another process took it for a leftover, and is removing it.
                continue;
            }

            // .NET has locked it as well, unless its file locks are switched off. A filesystem without locks gives another error here, and to the sweep.
            if (LibC.Lock(handle) != LibC.WouldBlock && File.Exists(path))
            {
                return (path, handle);
            }

            // As above.
            handle.Dispose();
        }
    }

    /// <summary>Removes a file that is not to become an object, and the folder when it is empty.</summary>
    public void Remove(string path)
    {
        _ = LibC.RemoveFile(path);
        RemoveFolder();
    }

    /// <summary>Removes the folder when nothing is being written.</summary>
    public void RemoveFolder() => _ = LibC.RemoveFolder(_folder);

    /// <summary>Removes what killed writers left. What cannot be removed stays: it is never listed.</summary>
    public void Sweep()
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(_folder, "*" + Extension))
            {
                RemoveIfLeft(path);
            }

            RemoveFolder();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing was left, as a rule; or the bucket is mounted for reading only.
        }
    }

    private static void RemoveIfLeft(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (LibC.Lock(handle) == 0)
            {
                _ = LibC.RemoveFile(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or it is gone already.
        }
    }
}
