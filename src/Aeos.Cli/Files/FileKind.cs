namespace Aeos.Cli.Files;

/// <summary>What a path leads to, symbolic links followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing yet.</summary>
    Missing,

    /// <summary>A regular file: replaced by a temporary one and a rename.</summary>
    Regular,

    /// <summary>A folder: nothing can be written to it.</summary>
    Folder,

    /// <summary>A pipe, a device or a socket: written directly.</summary>
    Special,
}
