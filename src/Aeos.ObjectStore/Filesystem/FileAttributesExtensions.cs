namespace Aeos.ObjectStore.Filesystem;

/// <summary>Reads what <see cref="FileSystemInfo.Attributes"/> says without following a link; it throws where it cannot know.</summary>
internal static class FileAttributesExtensions
{
    /// <summary>Nothing is there.</summary>
    public static bool IsMissing(this FileAttributes attributes) => attributes == (FileAttributes)(-1);

    /// <summary>A symbolic link is there.</summary>
    public static bool IsLink(this FileAttributes attributes) => !attributes.IsMissing() && attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>A folder is there, or a link to one.</summary>
    public static bool IsFolder(this FileAttributes attributes) => !attributes.IsMissing() && attributes.HasFlag(FileAttributes.Directory);
}
