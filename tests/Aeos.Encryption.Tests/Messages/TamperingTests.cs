using System.Buffers.Binary;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

public class TamperingTests
{
    private const int FrameLength = 64;
    private const int SealedLength = 4 + 12 + FrameLength + 16;

    [Fact]
    public async Task Every_byte_flipped_in_turn_is_refused_and_only_verified_frames_come_out()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(2 * FrameLength + 10);
        var message = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);

        for (var i = 0; i < message.Length; i++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                var forged = (byte[])message.Clone();
                forged[i] ^= flip;
                await ShouldBeRefusedAsync(keyring, forged, plaintext);
            }
        }
    }

    [Fact]
    public async Task A_message_cut_anywhere_is_refused()
    {
        using var keyring = TestMessages.NewKeyring();
        foreach (var length in new[] { 0, FrameLength, 2 * FrameLength + 10 })
        {
            var plaintext = TestMessages.Plaintext(length);
            var message = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);
            for (var cut = 0; cut < message.Length; cut++)
            {
                await ShouldBeRefusedAsync(keyring, message[..cut], plaintext);
            }
        }
    }

    [Fact]
    public async Task A_message_without_frames_that_is_cut_or_flipped_anywhere_is_refused()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(50);
        var message = NonFramedMessage.Write(keyring.AllKeys[0], plaintext);
        for (var i = 0; i < message.Length; i++)
        {
            var forged = (byte[])message.Clone();
            forged[i] ^= 0x01;
            (await ShouldBeRefusedAsync(keyring, forged, plaintext)).ShouldBe(0);
            (await ShouldBeRefusedAsync(keyring, message[..i], plaintext)).ShouldBe(0);
        }

        (await ShouldBeRefusedAsync(keyring, [.. message, 0], plaintext)).ShouldBe(0);
    }

    [Fact]
    public async Task Frames_that_are_swapped_repeated_or_dropped_are_refused()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(3 * FrameLength + 10);
        var message = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);
        var body = await HeaderLengthOf(message);
        var header = message[..body];
        byte[][] frames = [message[body..(body + SealedLength)], message[(body + SealedLength)..(body + 2 * SealedLength)], message[(body + 2 * SealedLength)..(body + 3 * SealedLength)]];
        var final = message[(body + 3 * SealedLength)..];

        byte[][] forgeries =
        [
            [.. header, .. frames[1], .. frames[0], .. frames[2], .. final],
            [.. header, .. frames[0], .. frames[2], .. frames[1], .. final],
            [.. header, .. frames[0], .. frames[0], .. frames[1], .. frames[2], .. final],
            [.. header, .. frames[0], .. frames[1], .. frames[2], .. frames[2], .. final],
            [.. header, .. frames[1], .. frames[2], .. final],
            [.. header, .. frames[0], .. frames[2], .. final],
            [.. header, .. frames[0], .. frames[1], .. final],
            [.. header, .. final],
            [.. header, .. final, .. frames[0]],
            [.. header, .. frames[0], .. frames[1], .. frames[2], .. final, .. final],
            [.. header, .. frames[0], .. frames[1], .. frames[2]],
            [.. header, .. header, .. frames[0], .. frames[1], .. frames[2], .. final],
            Renumbered([.. header, .. frames[1], .. frames[0], .. frames[2], .. final], body),
        ];

        foreach (var forgery in forgeries)
        {
            await ShouldBeRefusedAsync(keyring, forgery, plaintext);
        }
    }

    [Fact]
    public async Task A_frame_of_another_message_with_the_same_key_is_refused()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(2 * FrameLength);
        var message = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);
        var other = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);
        var body = await HeaderLengthOf(message);

        (await ShouldBeRefusedAsync(keyring, [.. message[..body], .. other[body..]], plaintext)).ShouldBe(0);
        (await ShouldBeRefusedAsync(keyring, [.. message[..(body + SealedLength)], .. other[(body + SealedLength)..]], plaintext)).ShouldBe(FrameLength);
    }

    [Fact]
    public async Task Bytes_behind_the_end_are_refused_before_the_final_frame_comes_out()
    {
        using var keyring = TestMessages.NewKeyring();
        foreach (var length in new[] { 0, 10, FrameLength, FrameLength + 10 })
        {
            var plaintext = TestMessages.Plaintext(length);
            var message = await TestMessages.EncryptAsync(keyring, plaintext, frameLength: FrameLength);

            foreach (var trailing in new byte[][] { [0], new byte[200], message })
            {
                (await ShouldBeRefusedAsync(keyring, [.. message, .. trailing], plaintext)).ShouldBe(length > FrameLength ? FrameLength : 0);
            }
        }
    }

    [Fact]
    public async Task A_failure_sticks()
    {
        using var keyring = TestMessages.NewKeyring();
        var message = await TestMessages.EncryptAsync(keyring, TestMessages.Plaintext(3 * FrameLength), frameLength: FrameLength);
        message[await HeaderLengthOf(message) + SealedLength + 30] ^= 1;
        await using var stream = await DecryptingStream.OpenAsync(new MemoryStream(message), keyring, EncryptionContext.Empty, CancellationToken.None);
        var buffer = new byte[FrameLength];
        (await stream.ReadAsync(buffer)).ShouldBe(FrameLength);
        Array.Clear(buffer);

        var first = await Should.ThrowAsync<MessageRefusedException>(async () => await stream.ReadExactlyAsync(buffer));
        first.Cause.ShouldContain("Frame 2");
        buffer.ShouldAllBe(b => b == 0);
        Should.Throw<MessageRefusedException>(() => stream.ReadExactly(buffer)).ShouldBeSameAs(first);
        Should.Throw<MessageRefusedException>(() => stream.CopyTo(Stream.Null)).ShouldBeSameAs(first);
        (await Should.ThrowAsync<MessageRefusedException>(() => stream.CopyToAsync(Stream.Null))).ShouldBeSameAs(first);
    }

    // Gives each frame the number and the IV of its place, so that only the tags are wrong.
    private static byte[] Renumbered(byte[] message, int body)
    {
        for (var i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(body + i * SealedLength), i + 1);
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(body + i * SealedLength + 12), i + 1);
        }

        return message;
    }

    private static async Task<int> HeaderLengthOf(byte[] message) =>
        (await MessageHeader.ReadUnverifiedAsync(new MemoryStream(message), CancellationToken.None)).Length;

    /// <summary>Reads in every way; says how many bytes came out, which must be whole verified frames of the plaintext, before the refusal.</summary>
    private static async Task<int> ShouldBeRefusedAsync(Keyring keyring, byte[] message, byte[] plaintext)
    {
        var lengths = new List<int>();
        foreach (var piece in new[] { 7, FrameLength, 100_000 })
        {
            using var input = new UnevenStream(message);
            using var output = new MemoryStream();
            await Should.ThrowAsync<MessageRefusedException>(async () =>
            {
                await using var stream = await DecryptingStream.OpenAsync(input, keyring, EncryptionContext.Empty, CancellationToken.None);
                var buffer = new byte[piece];
                int count;
                while ((count = await stream.ReadAsync(buffer)) > 0)
                {
                    output.Write(buffer, 0, count);
                }
            });
            input.IsDisposed.ShouldBeTrue();
            lengths.Add((int)output.Length);
            (output.Length % FrameLength).ShouldBe(0);
            plaintext.AsSpan().StartsWith(output.ToArray()).ShouldBeTrue();
            output.Length.ShouldBeLessThanOrEqualTo(plaintext.Length);
        }

        return lengths.Distinct().ShouldHaveSingleItem();
    }
}
