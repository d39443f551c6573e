using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Tests.Messages;

namespace Aeos.Encryption.Tests.AesGcm;

public class AesGcmBlobTests
{
    private const int Limit = 1 << 20;

    // NIST's GCM specification, test cases 2, 8 and 14: zeros under a key of zeros.
    [Theory]
    [InlineData(16, "0388dace60b6a392f328c2b971b2fe78", "ab6e47d42cec13bdf53a67b21257bddf")]
    [InlineData(24, "98e7247c07f0fe411c267e4384b0f600", "2ff58d80033927ab8ef4d4587514f0fb")]
    [InlineData(32, "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919")]
    public async Task A_known_blob_is_read(int keyLength, string ciphertext, string tag)
    {
        using var keyring = new Keyring([], [WrappingKey.FromBytes(new byte[keyLength])]);
        (await OpenAsync(keyring, [.. new byte[12], .. Convert.FromHexString(ciphertext), .. Convert.FromHexString(tag)])).ShouldBe(new byte[16]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    [InlineData(Limit)]
    public async Task What_was_sealed_comes_back_with_whichever_key_is_right(int length)
    {
        using var keyring = TestMessages.NewKeyring();
        using var many = new Keyring([], [WrappingKey.Generate(256), WrappingKey.FromBytes(keyring.AllKeys[0].Bytes), WrappingKey.Generate(128)]);
        var plaintext = TestMessages.Plaintext(length);
        foreach (var input in new Stream[] { new MemoryStream(plaintext), new Unseekable(plaintext) })
        {
            using var blob = new MemoryStream();
            await AesGcmBlob.EncryptAsync(input, blob, keyring.AllKeys[0], Limit, CancellationToken.None);
            blob.Length.ShouldBe(length + 28);
            (await OpenAsync(keyring, blob.ToArray())).ShouldBe(plaintext);
            (await OpenAsync(many, blob.ToArray())).ShouldBe(plaintext);
        }
    }

    [Fact]
    public async Task More_than_the_limit_is_refused_and_nothing_is_written()
    {
        using var keyring = TestMessages.NewKeyring();
        foreach (var input in new Stream[] { new MemoryStream(new byte[Limit + 1]), new Unseekable(new byte[Limit + 1]) })
        {
            using var output = new MemoryStream();
            await Should.ThrowAsync<AeosException>(() => AesGcmBlob.EncryptAsync(input, output, keyring.AllKeys[0], Limit, CancellationToken.None));
            input.Position = 0;
            await Should.ThrowAsync<MessageRefusedException>(() => AesGcmBlob.DecryptAsync(input, output, keyring, Limit - 28, CancellationToken.None));
            output.Length.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Every_byte_flipped_and_every_cut_is_refused_and_nothing_is_written()
    {
        using var keyring = TestMessages.NewKeyring();
        var blob = await SealAsync(keyring, TestMessages.Plaintext(20));
        for (var i = 0; i < blob.Length; i++)
        {
            var forged = (byte[])blob.Clone();
            forged[i] ^= 1;
            await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(keyring, forged));
            await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(keyring, blob[..i]));
        }

        await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(keyring, [.. blob, 0]));
    }

    [Fact]
    public async Task A_plaintext_a_blob_and_a_message_are_never_taken_for_one_another()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(1000);
        var message = await TestMessages.EncryptAsync(keyring, plaintext);
        var blob = await SealAsync(keyring, plaintext);

        Encryption.Messages.MessagePrefix.IsMessage(message).ShouldBeTrue();
        Encryption.Messages.MessagePrefix.IsMessage(blob).ShouldBeFalse();
        Encryption.Messages.MessagePrefix.IsMessage(plaintext).ShouldBeFalse();
        (await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(keyring, message))).Cause.ShouldContain("is a message, not an aes-gcm blob");
        await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(keyring, plaintext));
        await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, blob));
        await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, plaintext));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_the_names_at_hand()
    {
        using var writer = TestMessages.NewKeyring();
        using var reader = new Keyring([], [WrappingKey.Generate(256), WrappingKey.Generate(128)]);
        var blob = await SealAsync(writer, TestMessages.Plaintext(20));

        var refusal = await Should.ThrowAsync<MessageRefusedException>(() => OpenAsync(reader, blob));

        refusal.Cause.ShouldContain(reader.AllKeys[0].Name);
        refusal.Cause.ShouldContain(reader.AllKeys[1].Name);
    }

    private static async Task<byte[]> SealAsync(Keyring keyring, byte[] plaintext)
    {
        using var blob = new MemoryStream();
        await AesGcmBlob.EncryptAsync(new MemoryStream(plaintext), blob, keyring.AllKeys[0], Limit, CancellationToken.None);
        return blob.ToArray();
    }

    private static async Task<byte[]> OpenAsync(Keyring keyring, byte[] blob)
    {
        using var plaintext = new MemoryStream();
        try
        {
            await AesGcmBlob.DecryptAsync(new MemoryStream(blob), plaintext, keyring, Limit, CancellationToken.None);
        }
        catch (MessageRefusedException)
        {
            plaintext.Length.ShouldBe(0);
            throw;
        }

        return plaintext.ToArray();
    }

    private sealed class Unseekable(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
