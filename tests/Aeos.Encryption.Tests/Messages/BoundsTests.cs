using System.Buffers.Binary;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

public class BoundsTests
{
    private const string LongestName = "0123456789abcdef";

    [Fact]
    public async Task The_last_frame_number_is_for_the_final_frame_alone()
    {
        using var keyring = TestMessages.NewKeyring();
        using var output = new MemoryStream();
        await using var stream = new EncryptingStream(output, keyring, EncryptionContext.Empty, frameLength: 4, firstSequenceNumber: uint.MaxValue - 1);

        // Two frames have numbers left: a regular one, and the final one.
        await stream.WriteAsync(new byte[8]);
        await stream.CompleteAsync(CancellationToken.None);

        var message = output.ToArray();
        BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(message.Length - 16 - 4 - 4 - 12 - 4)).ShouldBe(uint.MaxValue);
    }

    [Fact]
    public async Task A_frame_more_than_the_format_has_numbers_for_is_refused_and_the_refusal_sticks()
    {
        using var keyring = TestMessages.NewKeyring();
        using var output = new MemoryStream();
        await using var stream = new EncryptingStream(output, keyring, EncryptionContext.Empty, frameLength: 4, firstSequenceNumber: uint.MaxValue - 1);
        await stream.WriteAsync(new byte[8]);

        var refusal = await Should.ThrowAsync<AeosException>(async () => await stream.WriteAsync(new byte[1]));

        refusal.Cause.ShouldContain("4294967295 frames");
        (await Should.ThrowAsync<AeosException>(async () => await stream.CompleteAsync(CancellationToken.None))).ShouldBeSameAs(refusal);
    }

    [Fact]
    public void A_reader_takes_the_last_number_only_from_the_final_frame()
    {
        Span<byte> commitment = stackalloc byte[32];
        using var cipher = MessageCipher.Derive(new byte[32], new byte[32], commitment);
        using var writer = new FramedBodyWriter(MessageCipher.Derive(new byte[32], new byte[32], commitment), frameLength: 4, uint.MaxValue - 1);
        using var reader = new FramedBodyReader(cipher, frameLength: 4, uint.MaxValue - 1);
        writer.Append([1, 2, 3, 4]);
        Feed(reader, writer.SealRegular());
        writer.Append([5]);
        Feed(reader, writer.SealFinal());
        reader.Input.Received(0);

        reader.TryTake(out var first).ShouldBeTrue();
        first.ToArray().ShouldBe([1, 2, 3, 4]);
        reader.TryTake(out var last).ShouldBeTrue();
        last.ToArray().ShouldBe([5]);
        reader.TryTake(out var end).ShouldBeTrue();
        end.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void More_than_16_encryption_keys_are_refused_and_16_are_taken()
    {
        WrappingKey[] keys = [.. Enumerable.Range(0, 17).Select(static _ => WrappingKey.Generate(128))];
        using var full = new Keyring(keys[..16], [keys[16]]);
        full.AllKeys.Count.ShouldBe(17);
        Should.Throw<KeyRefusedException>(() => new Keyring(keys)).Cause.ShouldContain("17 keys");
    }

    [Fact]
    public async Task A_message_for_16_keys_is_read_and_one_for_17_is_refused()
    {
        using var keyring = new Keyring([.. Enumerable.Range(0, 16).Select(static _ => WrappingKey.Generate(128))]);
        var message = await TestMessages.EncryptAsync(keyring, [1, 2, 3], EncryptionContext.Empty);
        (await TestMessages.DecryptAsync(keyring, message)).ShouldBe([1, 2, 3]);

        message[38] = 17;
        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message))).Cause.ShouldContain("17 data keys; 16 are allowed");
    }

    [Fact]
    public async Task A_header_longer_than_128_KiB_is_neither_written_nor_read()
    {
        var name = string.Concat(Enumerable.Repeat(LongestName, 65_500 / 16));
        using var two = new Keyring([.. Enumerable.Range(0, 2).Select(i => WrappingKey.FromBytes(new byte[16], "elsewhere", name + i))]);
        var context = EncryptionContext.Create([new("k", new string('v', 60_000))]);
        Should.Throw<AeosException>(() => new EncryptingStream(Stream.Null, two, context)).Cause.ShouldContain("131072");

        // The longest that fits, give or take a key: read back whole.
        using var one = new Keyring([two.AllKeys[0]]);
        var message = await TestMessages.EncryptAsync(one, [1, 2, 3], context);
        (await TestMessages.DecryptAsync(one, message, context)).ShouldBe([1, 2, 3]);

        byte[] endless = [0x02, 0x04, 0x78, .. new byte[32], 0xFF, 0xFF, .. ContextOf(65_535), 0, 2, 0xFF, 0xFF, .. new byte[200_000]];
        var input = new MemoryStream(endless);
        (await Should.ThrowAsync<MessageRefusedException>(async () => await MessageHeader.ReadUnverifiedAsync(input, CancellationToken.None)))
            .Cause.ShouldContain("longer than 131072 bytes");
        input.Position.ShouldBeLessThanOrEqualTo(131_072);
    }

    [Theory]
    [InlineData(0u, "no length")]
    [InlineData(16u * 1024 * 1024 + 1, "16777216 are allowed")]
    [InlineData(uint.MaxValue, "16777216 are allowed")]
    public async Task Frames_of_a_length_out_of_bounds_are_refused(uint frameLength, string words)
    {
        using var keyring = TestMessages.NewKeyring();
        var message = await TestMessages.EncryptAsync(keyring, [1, 2, 3]);
        var header = await MessageHeader.ReadUnverifiedAsync(new MemoryStream(message), CancellationToken.None);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(header.Length - 16 - 32 - 4), frameLength);

        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message))).Cause.ShouldContain(words);
    }

    [Fact]
    public async Task A_body_without_frames_is_bounded_before_it_is_allocated()
    {
        using var keyring = TestMessages.NewKeyring();
        var message = NonFramedMessage.Write(keyring.AllKeys[0], [1, 2, 3], claimedLength: 16 * 1024 * 1024 + 1);
        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message))).Cause.ShouldContain("16777217 bytes is not framed");
        message = NonFramedMessage.Write(keyring.AllKeys[0], [1, 2, 3], claimedLength: ulong.MaxValue);
        await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message));
        message = NonFramedMessage.Write(keyring.AllKeys[0], [1, 2, 3], frameLength: 1);
        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message))).Cause.ShouldContain("has a frame length");
        message = NonFramedMessage.Write(keyring.AllKeys[0], [1, 2, 3], ivEnd: 2);
        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message))).Cause.ShouldContain("another IV");
        message = NonFramedMessage.Write(keyring.AllKeys[0], TestMessages.Plaintext(16 * 1024 * 1024));
        (await TestMessages.DecryptAsync(keyring, message)).Length.ShouldBe(16 * 1024 * 1024);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_message()
    {
        using var keyring = TestMessages.NewKeyring();
        var zeros = new byte[EncryptingStream.DefaultFrameLength];
        await using var stream = new EncryptingStream(Stream.Null, keyring, EncryptionContext.Empty);
        stream.Write(zeros);
        stream.Write(zeros);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            stream.Write(zeros);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    private static void Feed(FramedBodyReader reader, ReadOnlyMemory<byte> bytes)
    {
        bytes.CopyTo(reader.Input.Space());
        reader.Input.Received(bytes.Length);
    }

    private static byte[] ContextOf(int length)
    {
        var valueLength = length - 2 - 2 - 1 - 2;
        return [0, 1, 0, 1, (byte)'k', (byte)(valueLength >> 8), (byte)valueLength, .. Enumerable.Repeat((byte)'v', valueLength)];
    }
}
