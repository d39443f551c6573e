using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

public class RoundTripTests
{
    public static TheoryData<int> Lengths => [0, 1, 1023, 1024, 1025, 2048, 10 * 1024 + 7];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task What_was_encrypted_comes_back(int length)
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(length);

        var message = await TestMessages.EncryptAsync(keyring, plaintext);

        MessagePrefix.IsMessage(message).ShouldBeTrue();
        (await TestMessages.DecryptAsync(keyring, message, TestMessages.Context)).ShouldBe(plaintext);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(1024, 1024)]
    [InlineData(1500, 5000)]
    public async Task Pieces_of_any_size_make_the_same_plaintext_in_every_way_of_writing_and_reading(int written, int read)
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(5 * 1024);

        foreach (var synchronous in new[] { true, false })
        {
            using var output = new MemoryStream();
            await using (var stream = new EncryptingStream(output, keyring, TestMessages.Context, TestMessages.FrameLength))
            {
                foreach (var piece in plaintext.Chunk(written))
                {
                    if (synchronous)
                    {
                        stream.Write(piece, 0, piece.Length);
                    }
                    else
                    {
                        await stream.WriteAsync(piece);
                    }
                }

                await stream.CompleteAsync(CancellationToken.None);
            }

            using var decrypted = new MemoryStream();
            await using var reader = await DecryptingStream.OpenAsync(
                new MemoryStream(output.ToArray()), keyring, EncryptionContext.Empty, CancellationToken.None);
            var buffer = new byte[read];
            int count;
            while ((count = synchronous ? reader.Read(buffer, 0, read) : await reader.ReadAsync(buffer)) > 0)
            {
                decrypted.Write(buffer, 0, count);
            }

            decrypted.ToArray().ShouldBe(plaintext);
        }
    }

    [Fact]
    public async Task Each_of_several_keys_alone_reads_the_message()
    {
        var secrets = Array.ConvertAll<int, byte[]>([16, 24, 32], TestMessages.Plaintext);
        using var writers = new Keyring([.. secrets.Select(static s => WrappingKey.FromBytes(s))]);
        var message = await TestMessages.EncryptAsync(writers, TestMessages.Plaintext(3000));

        foreach (var secret in secrets)
        {
            using var keyring = new Keyring([], [WrappingKey.Generate(256), WrappingKey.FromBytes(secret)]);
            (await TestMessages.DecryptAsync(keyring, message)).ShouldBe(TestMessages.Plaintext(3000));
        }
    }
}
