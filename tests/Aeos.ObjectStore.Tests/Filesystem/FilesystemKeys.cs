using System.Text;

namespace Aeos.ObjectStore.Tests.Filesystem;

/// <summary>Which keys a folder is to hold, said again for the tests.</summary>
internal static class FilesystemKeys
{
    public static bool CanHold(string key) =>
        key.Split('/').All(name => name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= 255)
        && !key.Contains('\0', StringComparison.Ordinal)
        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(key)) == key;
}
