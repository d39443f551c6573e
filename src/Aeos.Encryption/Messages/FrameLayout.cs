namespace Aeos.Encryption.Messages;

/// <summary>Where things stand in a frame (message-body.md, "Framed Data").</summary>
internal static class FrameLayout
{
    /// <summary>Stands where a regular frame has its sequence number, and says that the final frame begins.</summary>
    public const uint FinalMarker = uint.MaxValue;

    /// <summary>Sequence number and IV.</summary>
    public const int RegularPrefixLength = 4 + MessageCipher.IvLength;

    /// <summary>Marker, sequence number, IV and content length.</summary>
    public const int FinalPrefixLength = 4 + 4 + MessageCipher.IvLength + 4;
}
