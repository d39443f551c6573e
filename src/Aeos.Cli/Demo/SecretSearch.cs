using System.IO.Compression;

namespace Aeos.Cli.Demo;

/// <summary>Looks for the Secret as somebody with the bucket would: in the bytes as they are, and unpacked.</summary>
internal static class SecretSearch
{
    /// <summary>Whether the Secret can be found in the content.</summary>
    public static bool Finds(SampleSecret secret, byte[] content) =>
        secret.IsIn(content) || (TryUnpack(content) is { } unpacked && secret.IsIn(unpacked));

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
