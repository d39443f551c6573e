using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aeos.Cli.Files;

/// <summary>The C library's calls that .NET's streams do not offer as they are.</summary>
internal static partial class SystemCalls
{
    /// <summary>Reads from the descriptor's own position: a regular file, a pipe or a terminal alike.</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle descriptor, Span<byte> buffer, nint count);

    /// <summary>Writes at the descriptor's own position, which processes share: two commands that append to one file follow each other.</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle descriptor, ReadOnlySpan<byte> buffer, nint count);

    /// <summary>Waits until a descriptor that does not block can be used.</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollRequest request, nuint count, int timeout);

    /// <summary>Linux: what a path leads to. The result's layout is the same on every architecture (statx(2)).</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> result);
}
