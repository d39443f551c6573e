using System.Text;
using Aeos.Encryption;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Server.Locations;

/// <summary>Makes of a BackupStorageLocation what a store is opened with (Velero 1.18, pkg/persistence/object_store.go).</summary>
internal static class LocationSpecs
{
    /// <summary>Makes it. Bucket and prefix take the place of any that <c>spec.config</c> has, as with Velero.</summary>
    /// <param name="location">The location.</param>
    /// <param name="certificates">PEM of the Secret that <c>caCertRef</c> names; null when it names none.</param>
    /// <exception cref="LocationRefusedException">Something is missing, not known, or contradicts itself.</exception>
    public static LocationSpec Of(BackupStorageLocationDocument location, string? certificates)
    {
        var spec = location.Spec;
        var storage = spec.ObjectStorage ?? throw new LocationRefusedException("spec.objectStorage is missing", "It names the bucket.");
        Known("spec", spec.Others?.Keys);
        Known("spec.objectStorage", storage.Others?.Keys);
        if (spec.Provider.Length == 0)
        {
            throw new LocationRefusedException("spec.provider is empty", $"Set it to one of: {string.Join(", ", LocationOpener.Providers)}.");
        }

        var config = new Dictionary<string, string>(spec.Config ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        config.Remove("bucket");
        config.Remove("prefix");
        if (spec.Credential is not null)
        {
            config.Remove("credentialsFile");
        }

        if (Certificates(storage, certificates) is { } pem)
        {
            config["caCert"] = pem;
        }

        return new LocationSpec(spec.Provider, storage.Bucket, storage.Prefix ?? "", config) { Name = location.Metadata.Name, IsReadOnly = IsReadOnly(spec) };
    }

    private static string? Certificates(ObjectStorageLocation storage, string? fromSecret)
    {
        if (storage is { CaCert: { Length: > 0 }, CaCertRef: not null })
        {
            throw new LocationRefusedException("spec.objectStorage has both caCert and caCertRef", "Remove one of them.");
        }

        try
        {
            return storage.CaCert is { Length: > 0 } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : fromSecret;
        }
        catch (FormatException e)
        {
            throw new LocationRefusedException("spec.objectStorage.caCert is not base64", "Give the PEM file's base64, as `base64 -w0 ca.pem` prints it.", e);
        }
    }

    private static bool IsReadOnly(BackupStorageLocationSpec spec) => spec.AccessMode switch
    {
        null or "" or "ReadWrite" => false,
        "ReadOnly" => true,
        var other => throw new LocationRefusedException($"spec.accessMode is {Printable.Quote(other)}", "It is ReadWrite or ReadOnly."),
    };

    private static void Known(string path, IEnumerable<string>? others)
    {
        if (others?.Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new LocationRefusedException($"{path}.{Printable.Escape(unknown)} is not known", "Remove or correct it.");
        }
    }
}
