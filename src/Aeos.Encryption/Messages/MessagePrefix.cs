namespace Aeos.Encryption.Messages;

/// <summary>Tells a message from anything else by its first bytes: version 2, then suite 0x0478 (<c>02 04 78</c>).</summary>
public static class MessagePrefix
{
    /// <summary>How many bytes tell: 3.</summary>
    public const int Length = 3;

    /// <summary>Whether the content begins as a message, and so is one and never anything else. Shorter content is not one.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> firstBytes) => firstBytes.StartsWith((ReadOnlySpan<byte>)[0x02, 0x04, 0x78]);

    /// <summary>Reads the first bytes of the input and tells; what comes back reads the whole content from its first byte on.</summary>
    /// <param name="input">Taken over by the stream that comes back, and disposed when peeking fails.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<(bool IsMessage, Stream Content)> PeekAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            var first = new byte[Length];
            var count = await input.ReadAtLeastAsync(first, Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return (IsMessage(first.AsSpan(0, count)), new PeekedStream(first.AsMemory(0, count), input));
        }
        catch
        {
            await input.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
