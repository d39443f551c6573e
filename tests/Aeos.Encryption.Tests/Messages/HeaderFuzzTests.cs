using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Aeos.Encryption.Tests.Messages;

/// <summary>Whatever the bytes are, a reader refuses or reads; it does not crash, hang or allocate beyond its bounds.</summary>
public sealed class HeaderFuzzTests : IDisposable
{
    // The header in its buffer (doubled as it grows, and then copied) and what its texts take as strings.
    private const long AllocationBound = 2 * 1024 * 1024;

    private readonly Keyring _keyring = new([WrappingKey.FromBytes(new byte[32])]);

    public void Dispose() => _keyring.Dispose();

    [Fact]
    public void Any_bytes_are_refused_or_read() =>
        Check(ArbMap.Default.GeneratorFor<byte[]>(), static bytes => bytes);

    [Fact]
    public void Any_bytes_behind_the_prefix_are_refused_or_read() =>
        Check(ArbMap.Default.GeneratorFor<byte[]>(), static bytes => [0x02, 0x04, 0x78, .. bytes]);

    [Fact]
    public void Headers_with_any_lengths_and_counts_are_refused_or_read()
    {
        var number = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 65_535), Gen.Elements(0, 1, 16, 17, 255, 256, 65_515, 65_535));
        Check(
            from context in Field(number)
            from count in number
            from entries in Gen.ListOf(Field(number), 6)
            from suffix in Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), 53)
            select (byte[])[.. new byte[32], .. context, (byte)(count >> 8), (byte)count, .. entries.SelectMany(static e => e), .. suffix],
            static bytes => [0x02, 0x04, 0x78, .. bytes]);
    }

    [Fact]
    public async Task A_right_message_with_any_bytes_changed_is_refused()
    {
        var message = await TestMessages.EncryptAsync(_keyring, TestMessages.Plaintext(100), TestMessages.Context, frameLength: 64);
        var change =
            from position in Gen.Choose(0, message.Length - 1)
            from value in ArbMap.Default.GeneratorFor<byte>()
            from length in Gen.Choose(1, 8)
            select (Position: position, Value: value, Length: length);
        Prop.ForAll(change.ToArbitrary(), c =>
        {
            var changed = (byte[])message.Clone();
            changed.AsSpan(c.Position, Math.Min(c.Length, message.Length - c.Position)).Fill(c.Value);
            return changed.AsSpan().SequenceEqual(message) || !Opens(changed);
        }).QuickCheckThrowOnFailure();
    }

    private void Check(Gen<byte[]> generator, Func<byte[], byte[]> complete) =>
        Prop.ForAll(generator.ToArbitrary(), bytes =>
        {
            var message = complete(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Opens(message);
            HeaderIsRead(message);
            return GC.GetAllocatedBytesForCurrentThread() - before < AllocationBound;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(2000));

    private static Gen<byte[]> Field(Gen<int> number) =>
        from claimed in number
        from actual in Gen.OneOf(Gen.Constant(claimed), number)
        from fill in ArbMap.Default.GeneratorFor<byte>()
        select (byte[])[(byte)(claimed >> 8), (byte)claimed, .. Enumerable.Repeat(fill, actual)];

    // Memory streams complete synchronously: the allocations are this thread's.
    private bool Opens(byte[] message)
    {
        try
        {
            var opening = DecryptingStream.OpenAsync(new MemoryStream(message), _keyring, EncryptionContext.Empty, CancellationToken.None).AsTask();
            opening.IsCompleted.ShouldBeTrue();
            using var stream = opening.GetAwaiter().GetResult();
            stream.CopyTo(Stream.Null);
            return true;
        }
        catch (MessageRefusedException)
        {
            return false;
        }
    }

    private static void HeaderIsRead(byte[] message)
    {
        try
        {
            var header = MessageHeader.ReadUnverifiedAsync(new MemoryStream(message), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            header.Length.ShouldBeLessThanOrEqualTo(128 * 1024);
        }
        catch (MessageRefusedException)
        {
            // The other right answer.
        }
    }
}
