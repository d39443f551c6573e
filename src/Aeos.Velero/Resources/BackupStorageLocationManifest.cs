using System.Text;
using Aeos.ObjectStore.Locations;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Velero.Resources;

/// <summary>Reads a BackupStorageLocation (<c>velero.io/v1</c>) from a manifest, YAML or JSON.</summary>
public static class BackupStorageLocationManifest
{
    private const string Kind = "BackupStorageLocation";
    private const string ApiVersion = "velero.io/v1";

    /// <summary>
    /// Reads the one BackupStorageLocation in the text, with the bucket, the prefix and <c>caCert</c> as Velero hands them to a plugin
    /// (pkg/persistence/object_store.go). <c>spec.credential</c> names a Secret, which only a cluster can read: it is passed over.
    /// </summary>
    /// <param name="yaml">The manifest; other documents in it are passed over, lists (<c>kubectl get -o yaml</c>) are looked into.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <exception cref="LocationRefusedException">None or several in the file, not YAML, or a field that is missing or of the wrong type: named, with its line.</exception>
    public static LocationSpec Parse(string yaml, string source)
    {
        var resources = Load(yaml, source);
        var location = FindOne(resources, source);
        if (location.Text("apiVersion") is var version && version != ApiVersion)
        {
            throw location.Refused("apiVersion", $"is {(version is null ? "missing" : $"\"{version}\"")}", $"Aeos reads \"{ApiVersion}\".");
        }

        var spec = location.Mapping("spec") ?? throw location.Refused("spec", "is missing", "It says where the location's objects go.");
        spec.AllowOnly(
            "provider", "config", "credential", "objectStorage", "default", "accessMode", "backupSyncPeriod", "validationFrequency");
        var provider = spec.RequiredText("provider", "It names the plugin, for example aeos.io/filesystem.");
        var storage = spec.Mapping("objectStorage") ?? throw spec.Refused("objectStorage", "is missing", "It names the bucket.");
        storage.AllowOnly("bucket", "prefix", "caCert", "caCertRef");

        var config = spec.Mapping("config")?.Texts() ?? new Dictionary<string, string>(StringComparer.Ordinal);
        // Velero puts objectStorage's bucket and prefix in the place of any that the config has.
        config.Remove("bucket");
        config.Remove("prefix");
        if (CaCertificate(storage) is { } certificate)
        {
            config["caCert"] = certificate;
        }

        return new LocationSpec(provider, Bucket(storage), storage.Text("prefix")?.Trim('/') ?? "", config)
        {
            Name = location.Mapping("metadata")?.Text("name") ?? "",
            IsReadOnly = IsReadOnly(spec),
        };
    }

    private static List<ManifestMapping> Load(string yaml, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new LocationRefusedException(
                $"{source}, line {e.Start.Line}: not YAML: {e.Message.TrimEnd('.')}", $"Give the manifest of a {Kind}.", e);
        }

        return [.. stream.Documents
            .Select(document => document.RootNode)
            .OfType<YamlMappingNode>()
            .Select(node => new ManifestMapping(node, "", source))
            .SelectMany(resource => resource.Text("kind") is "List" or $"{Kind}List" ? resource.Mappings("items") : [resource])];
    }

    private static ManifestMapping FindOne(List<ManifestMapping> resources, string source)
    {
        var locations = resources.FindAll(resource => resource.Text("kind") == Kind);
        if (locations is [var only])
        {
            return only;
        }

        if (locations.Count > 1)
        {
            throw new LocationRefusedException(
                $"{source} holds {locations.Count} resources of kind {Kind}, in lines {string.Join(", ", locations.Select(location => location.Line))}",
                "Keep the one that is meant in a file of its own.");
        }

        var kinds = string.Join(", ", resources.Select(resource => resource.Text("kind") ?? "a document without a kind").Distinct());
        throw new LocationRefusedException(
            $"{source} holds no {Kind}{(kinds.Length == 0 ? "" : $": it holds {kinds}")}",
            $"Give the location's manifest; a cluster prints it with `kubectl -n velero get backupstoragelocation NAME -o yaml`.");
    }

    private static bool IsReadOnly(ManifestMapping spec) => spec.Text("accessMode") switch
    {
        null or "" or "ReadWrite" => false,
        "ReadOnly" => true,
        var other => throw spec.Refused("accessMode", $"is \"{other}\"", "It is ReadWrite or ReadOnly."),
    };

    private static string Bucket(ManifestMapping storage)
    {
        var bucket = storage.RequiredText("bucket", "It names the bucket, the container or the folder.").Trim('/');
        if (bucket.Length == 0 || bucket.Contains('/'))
        {
            throw storage.Refused("bucket", $"is \"{storage.Text("bucket")}\", but a bucket's name has no \"/\"", "What follows the bucket's name goes into prefix.");
        }

        return bucket;
    }

    private static string? CaCertificate(ManifestMapping storage)
    {
        if (storage.Mapping("caCertRef") is not null)
        {
            throw storage.Refused(
                "caCertRef", "names a Secret, which cannot be read without its cluster", "Put the certificates into caCert, PEM in base64.");
        }

        try
        {
            return storage.Text("caCert") is { Length: > 0 } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
        }
        catch (FormatException e)
        {
            throw storage.Refused("caCert", "is not base64", "Give the PEM file's base64, as `base64 -w0 ca.pem` prints it.", e);
        }
    }
}
