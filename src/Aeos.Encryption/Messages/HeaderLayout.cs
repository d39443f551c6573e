namespace Aeos.Encryption.Messages;

/// <summary>Where things stand in a header of format version 2 (message-header.md, "Header Body Version 2.0").</summary>
internal static class HeaderLayout
{
    public const byte Version = 2;
    public const int MessageIdLength = 32;

    /// <summary>Version and suite: what is read first.</summary>
    public const int PrefixLength = 3;

    /// <summary>Content type, frame length, suite data and authentication tag: what stands behind the data keys.</summary>
    public const int SuffixLength = 1 + 4 + AlgorithmSuite.CommitmentLength + MessageCipher.TagLength;

    public const byte NonFramed = 1;
    public const byte Framed = 2;

    public static Range MessageId => PrefixLength..(PrefixLength + MessageIdLength);
}
