using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>
/// The system calls that .NET does not offer, or not plainly: a folder's fsync, a rename that never turns into a copy, a folder made or removed
/// alone, a file opened without .NET's own lock on it. Each gives the error number, 0 for none. Unix only.
/// </summary>
internal static partial class LibC
{
    /// <summary>No such file or folder.</summary>
    public const int NoEntry = 2;

    /// <summary>It is there already.</summary>
    public const int Exists = 17;

    /// <summary>A part of the path is no folder.</summary>
    public const int NotFolder = 20;

    /// <summary>It is a folder.</summary>
    public const int IsFolder = 21;

    private const int LockExclusiveWithoutWaiting = 2 | 4;

    /// <summary>Somebody else has the lock.</summary>
    public static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>O_RDONLY and O_CLOEXEC.</summary>
    private static int ReadOnly => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Opens a file for reading. .NET's own way would take a shared lock, which a writer in mid-commit refuses.</summary>
    public static int OpenForReading(string path, out SafeFileHandle? handle)
    {
        var descriptor = Open(path, ReadOnly);
        handle = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        return descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Makes a folder's entries durable.</summary>
    public static int SyncFolder(string path)
    {
        var error = OpenForReading(path, out var handle);
        using (handle)
        {
            return handle is null ? error : Error(Sync(handle));
        }
    }

    /// <summary>Makes one folder.</summary>
    public static int MakeFolder(string path) => Error(MakeDirectory(path, 0x1FF));

    /// <summary>Removes one folder if it is empty.</summary>
    public static int RemoveFolder(string path) => Error(RemoveDirectory(path));

    /// <summary>Removes a file or a link.</summary>
    public static int RemoveFile(string path) => Error(Unlink(path));

    /// <summary>Renames a file over whatever file is there, in one step.</summary>
    public static int Rename(string from, string to) => Error(RenameFile(from, to));

    /// <summary>Takes the file's exclusive lock, unless somebody has it. It goes with the handle, also when the process is killed.</summary>
    public static int Lock(SafeFileHandle handle) => Error(Flock(handle, LockExclusiveWithoutWaiting));

    /// <summary>The error number as an exception.</summary>
    public static IOException ToException(int error, string path) => new($"{new Win32Exception(error).Message}: '{path}'", error);

    private static int Error(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveDirectory(string path);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle handle, int operation);
}
