using Microsoft.Win32.SafeHandles;

namespace Aeos.Cli.Files;

/// <summary>Files that are made new, and how an open one is told from a pipe.</summary>
internal static class RegularFile
{
    /// <summary>Only the file's owner reads and writes it.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a file that must not be there yet.</summary>
    /// <param name="path">Where.</param>
    /// <param name="mode">Its permissions from the first moment on; null for the usual ones.</param>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path, UnixFileMode? mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (mode is { } chosen && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = chosen;
        }

        return new FileStream(path, options);
    }

    /// <summary>The length in bytes, or null for what has none: a pipe, a terminal.</summary>
    public static long? TryGetLength(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
