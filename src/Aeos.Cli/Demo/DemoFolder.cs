using Aeos.Cli.CommandLine;
using Aeos.Cli.Keys;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Locations;

namespace Aeos.Cli.Demo;

/// <summary>The demo's folder, which only this user can enter: buckets and keys.</summary>
/// <param name="path">An empty folder.</param>
internal sealed class DemoFolder(string path)
{
    /// <summary>The provider whose buckets are folders.</summary>
    public const string Provider = "aeos.io/filesystem";

    /// <summary>The folder of the buckets.</summary>
    public string Root { get; } = Path.Combine(path, "store");

    /// <summary>A path in the folder, outside of the buckets.</summary>
    public string At(string name) => Path.Combine(path, name);

    /// <summary>Where an object lies.</summary>
    public string PathOf(string bucket, string key) => Path.Combine(Root, bucket, key);

    /// <summary>Makes a new key in a file of its own.</summary>
    /// <returns>The file's path and the key's name.</returns>
    public async Task<(string File, string Name)> MakeKeyAsync(string name, CancellationToken cancellationToken)
    {
        using var key = WrappingKey.Generate(256);
        using var line = KeyWriting.Line(key);
        await NewKeyFile.WriteAsync(At(name), line.Bytes, cancellationToken).ConfigureAwait(false);
        return (At(name), key.Name);
    }

    /// <summary>Makes a bucket and opens it, without encryption.</summary>
    public ValueTask<BareLocation> OpenAsync(string bucket, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(Root, bucket));
        var spec = new LocationSpec(Provider, bucket, "", new Dictionary<string, string> { ["root"] = Root });
        return new LocationOpener(static _ => null, ReportLogger.Instance).OpenBareAsync(spec, cancellationToken);
    }

    /// <summary>Changes a stored object, as somebody with the bucket could, while the work runs, and puts it back.</summary>
    public static async Task WithOneBitFlippedAsync(string file, Func<Task> work, CancellationToken cancellationToken)
    {
        var original = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        var forged = (byte[])original.Clone();
        forged[^(forged.Length / 3)] ^= 1;
        await File.WriteAllBytesAsync(file, forged, cancellationToken).ConfigureAwait(false);
        await work().ConfigureAwait(false);
        await File.WriteAllBytesAsync(file, original, cancellationToken).ConfigureAwait(false);
    }
}
