namespace Aeos.Encryption.Messages;

/// <summary>Tells a message from anything else by its first bytes: version 2, then suite 0x0478 (<c>02 04 78</c>).</summary>
public static class MessagePrefix
{
    /// <summary>How many bytes tell: 3.</summary>
    public const int Length = 3;

    /// <summary>Whether the content begins as a message, and so is one and never anything else. Shorter content is not one.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> firstBytes) => throw new NotImplementedException();
}
