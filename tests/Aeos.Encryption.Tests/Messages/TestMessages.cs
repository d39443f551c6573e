using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

/// <summary>Makes and opens messages in memory.</summary>
internal static class TestMessages
{
    public const int FrameLength = 1024;

    public static readonly EncryptionContext Context = EncryptionContext.Create([new("object", "backups/nightly-1/nightly-1.tar.gz")]);

    public static Keyring NewKeyring(int bits = 256) => new([WrappingKey.Generate(bits)]);

    public static byte[] Plaintext(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i * 31 + (i >> 8));
        }

        return bytes;
    }

    public static async Task<byte[]> EncryptAsync(Keyring keyring, byte[] plaintext, EncryptionContext? context = null, int frameLength = FrameLength)
    {
        using var output = new MemoryStream();
        await using var stream = new EncryptingStream(output, keyring, context ?? Context, frameLength);
        await stream.WriteAsync(plaintext, CancellationToken.None);
        await stream.CompleteAsync(CancellationToken.None);
        return output.ToArray();
    }

    public static async Task<byte[]> DecryptAsync(Keyring keyring, byte[] message, EncryptionContext? required = null)
    {
        await using var stream = await DecryptingStream.OpenAsync(new MemoryStream(message), keyring, required ?? EncryptionContext.Empty, CancellationToken.None);
        using var output = new MemoryStream();
        await stream.CopyToAsync(output);
        return output.ToArray();
    }
}
