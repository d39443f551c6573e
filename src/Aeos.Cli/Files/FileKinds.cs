using System.Buffers.Binary;

namespace Aeos.Cli.Files;

/// <summary>Finds out what a path leads to; .NET does not tell a pipe from a file.</summary>
internal static class FileKinds
{
    // statx(2): AT_FDCWD, STATX_TYPE, the offset of stx_mode in its 256 bytes; and inode(7)'s S_IFMT, S_IFREG, S_IFDIR.
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ResultLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;

    /// <summary>Looks at the path.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
        {
            return FileKind.Folder;
        }

        if (!File.Exists(path))
        {
            return FileKind.Missing;
        }

        if (!OperatingSystem.IsLinux())
        {
            return Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) ? FileKind.Special : FileKind.Regular;
        }

        Span<byte> result = stackalloc byte[ResultLength];
        result.Clear();
        if (SystemCalls.StatX(CurrentFolder, path, flags: 0, TypeOnly, result) != 0)
        {
            return FileKind.Missing;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]) & TypeMask) switch
        {
            RegularType => FileKind.Regular,
            FolderType => FileKind.Folder,
            _ => FileKind.Special,
        };
    }
}
