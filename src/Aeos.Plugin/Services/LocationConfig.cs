using Aeos.ObjectStore.Locations;
using Aeos.Velero.Plugins;

namespace Aeos.Plugin.Services;

/// <summary>Reads what Velero hands to <c>Init</c>: the location's settings, with <c>bucket</c> and <c>prefix</c> among them (pkg/persistence/object_store.go).</summary>
internal static class LocationConfig
{
    /// <summary>The location that the request describes, not checked.</summary>
    public static LocationSpec Read(ObjectStoreInitRequest request)
    {
        var config = request.Config.ToDictionary(StringComparer.Ordinal);
        config.Remove("bucket", out var bucket);
        config.Remove("prefix", out var prefix);
        return new LocationSpec(request.Plugin, bucket ?? "", prefix ?? "", config);
    }
}
