using System.Text.Json.Nodes;
using Aeos.Velero.Resources;

namespace Aeos.Server.Installation;

/// <summary>The default location, and the Secret with the credentials file: both as <c>velero install</c> names them.</summary>
internal static class LocationManifests
{
    public const string CredentialsSecret = "cloud-credentials";

    public const string CredentialsField = "cloud";

    private const string Default = "default";

    public static JsonObject Location(string @namespace, InstalledLocation location)
    {
        var manifest = Manifest.Of(BackupDocument.VeleroVersion, "BackupStorageLocation", Default, @namespace);
        var storage = new JsonObject { ["bucket"] = location.Bucket };
        if (location.Prefix.Length > 0)
        {
            storage["prefix"] = location.Prefix;
        }

        if (location.Authorities is { } authorities)
        {
            storage["caCert"] = Convert.ToBase64String(authorities.Span);
        }

        var spec = new JsonObject { ["default"] = true, ["objectStorage"] = storage, ["provider"] = location.Provider };
        if (location.Config.Count > 0)
        {
            spec["config"] = Manifest.Map(location.Config);
        }

        manifest["spec"] = spec;
        return manifest;
    }

    public static JsonObject Credentials(string @namespace, ReadOnlySpan<byte> file)
    {
        var manifest = Manifest.Of("v1", "Secret", CredentialsSecret, @namespace);
        manifest["data"] = new JsonObject { [CredentialsField] = Convert.ToBase64String(file) };
        manifest["type"] = "Opaque";
        return manifest;
    }
}
