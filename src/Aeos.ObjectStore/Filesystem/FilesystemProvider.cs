using System.Text;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>Provider <c>aeos.io/filesystem</c>: buckets are folders under the setting <c>root</c>, and are made by whoever sets the location up.</summary>
internal sealed class FilesystemProvider : IStoreProvider
{
    private const string Root = "root";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ["aeos.io/filesystem"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Settings { get; } = [Root];

    /// <inheritdoc/>
    public IObjectStore Open(LocationSpec spec, StoreProviderContext context)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new LocationRefusedException(
                "the provider aeos.io/filesystem needs a Unix filesystem, where names are bytes and case counts", "Run it on Linux or macOS.");
        }

        var root = spec.Config.GetValueOrDefault(Root, "");
        if (root.Length == 0)
        {
            throw new LocationRefusedException(
                $"the location has no setting {Root}, the folder that holds its buckets", $"Add {Root} with an absolute path to the location's config.");
        }

        if (!Path.IsPathRooted(root) || root.Contains('\0', StringComparison.Ordinal))
        {
            throw new LocationRefusedException($"the setting {Root} is \"{root}\", which is no absolute path", $"Set {Root} to a path that begins with /.");
        }

        if (spec.Bucket is "." or ".." || Encoding.UTF8.GetByteCount(spec.Bucket) > KeyRules.LongestName)
        {
            throw new LocationRefusedException(
                $"the bucket \"{spec.Bucket}\" cannot be a folder's name",
                $"Name another one: up to {KeyRules.LongestName} bytes, and neither \".\" nor \"..\".");
        }

        return new FilesystemStore(Path.GetFullPath(root), spec.Bucket);
    }
}
