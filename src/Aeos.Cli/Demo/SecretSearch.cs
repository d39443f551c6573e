using System.IO.Compression;
using System.Text;

namespace Aeos.Cli.Demo;

/// <summary>Looks for secrets as somebody with the bucket would: in objects' names and in their bytes, as they are and unpacked.</summary>
/// <param name="secrets">What is looked for.</param>
internal sealed class SecretSearch(IReadOnlyList<SampleSecret> secrets)
{
    /// <summary>How it looks, for people.</summary>
    public const string Method = "as typed and in base64, in every file's name and bytes, as stored and unpacked with gzip";

    /// <summary>The secrets that are in the content.</summary>
    public IReadOnlyList<SampleSecret> Find(byte[] content)
    {
        var unpacked = TryUnpack(content) ?? [];
        return [.. secrets.Where(secret => secret.IsIn(content) || secret.IsIn(unpacked))];
    }

    /// <summary>Looks through all files below a folder.</summary>
    /// <returns>How many files and bytes were searched.</returns>
    /// <exception cref="DemoFailedException">A secret is there.</exception>
    public (int Files, long Bytes) RequireNone(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        var bytes = 0L;
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(file);
            var found = Find([.. Encoding.UTF8.GetBytes(file), (byte)'\n', .. content]).Concat(Find(content)).ToList();
            DemoFailedException.Unless(found.Count == 0, $"{found.FirstOrDefault()?.Title} can be read in {file}");
            bytes += content.Length;
        }

        return (files.Length, bytes);
    }

    private static byte[]? TryUnpack(byte[] content)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
