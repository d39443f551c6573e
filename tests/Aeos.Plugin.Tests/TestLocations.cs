using System.Security.Cryptography;
using Aeos.ObjectStore.Locations;

namespace Aeos.Plugin.Tests;

/// <summary>A folder with buckets and keys in it, gone with the test.</summary>
public sealed class TestLocations : IDisposable
{
    public const string Provider = "aeos.io/filesystem";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aeos-plugin");

    public string Root => Path.Combine(_folder.FullName, "root");

    /// <summary>The configuration of a location with a new bucket and a new key, as Velero hands it to a plugin.</summary>
    public Dictionary<string, string> Create(string bucket, string prefix = "")
    {
        Directory.CreateDirectory(Path.Combine(Root, bucket));
        var key = Path.Combine(_folder.FullName, $"key-{Guid.NewGuid():N}");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(32));
        return new Dictionary<string, string> { ["bucket"] = bucket, ["prefix"] = prefix, ["root"] = Root, ["encryptionKeyFile"] = key };
    }

    public static LocationSpec SpecOf(IReadOnlyDictionary<string, string> config) => new(
        Provider,
        config["bucket"],
        config["prefix"],
        config.Where(setting => setting.Key is not ("bucket" or "prefix")).ToDictionary());

    /// <summary>The stored bytes' file.</summary>
    public string FileOf(string bucket, string key) => Path.Combine(Root, bucket, key);

    public void Dispose() => _folder.Delete(recursive: true);
}
