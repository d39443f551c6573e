using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Messages;

/// <summary>The words in which a message is refused. What they quote was chosen by whoever wrote the bytes, and is escaped.</summary>
internal static class Refusal
{
    private const string DamagedRemedy =
        "Fetch it again; if that does not help it was damaged or forged in storage: restore from another copy or another backup.";

    public static MessageRefusedException Truncated() =>
        new("The message ends too early: it was cut, or its writer did not finish", DamagedRemedy);

    public static MessageRefusedException Malformed(string what) => new($"The message is malformed: {what}", DamagedRemedy);

    public static MessageRefusedException HeaderForged() =>
        new("The message's header is not as its writer made it: its authentication tag is wrong", DamagedRemedy);

    public static MessageRefusedException Uncommitted() =>
        new("The message's header does not commit to the data key that it holds", DamagedRemedy);

    public static MessageRefusedException FrameForged(uint sequenceNumber) =>
        new($"Frame {sequenceNumber} of the message is not as its writer made it: its authentication tag is wrong", DamagedRemedy);

    public static MessageRefusedException OutOfSequence(uint expected, uint found) =>
        new($"The message's frames are out of sequence: number {found} stands where {expected} should be", DamagedRemedy);

    public static MessageRefusedException TrailingBytes() =>
        new("There are bytes behind the end of the message", DamagedRemedy);

    public static MessageRefusedException OtherSuite(string version, int suiteId) => new(
        $"The message (format version {version}) uses algorithm suite 0x{suiteId:X4}, {AlgorithmSuite.NameOf(suiteId)}; "
        + $"Aeos reads 0x{AlgorithmSuite.Committing:X4}, {AlgorithmSuite.NameOf(AlgorithmSuite.Committing)}",
        "Decrypt it with an AWS Encryption SDK, or have its writer use that suite.");

    public static MessageRefusedException OutOfBounds(string what, string remedy) => new($"The message is outside Aeos's bounds: {what}", remedy);

    public static MessageRefusedException WrongContext(string key, string required, string? found) => new(
        found is null
            ? $"The message's encryption context has no {Printable.Quote(key)}; required is {Printable.Quote(required)}"
            : $"The message's encryption context has {Printable.Quote(key)} = {Printable.Quote(found)}; required is {Printable.Quote(required)}",
        key == EncryptionContext.ObjectKey
            ? "It was written as another object: somebody moved or swapped objects in the bucket. Put it back under its own name, or restore from another backup."
            : "It was written elsewhere or for another purpose; read it with the context that it was written with, if you mean to.");

    public static MessageRefusedException WrongKey(MessageHeader header, Keyring keyring)
    {
        var wanted = string.Join(", ", header.Recipients.Distinct().Select(static r => Name(r.Namespace, r.Name)));
        var held = string.Join(", ", keyring.AllKeys.Select(static k => (k.Namespace, k.Name)).Distinct().Select(static k => Name(k.Namespace, k.Name)));
        return header.DataKeys.Any(entry => keyring.AllKeys.Any(key => DataKeyWrapping.Names(entry, key)))
            ? new MessageRefusedException(
                $"No key at hand opens the message, although it names one of them: it is for {wanted}; at hand: {held}",
                "Either its header was changed in storage, or the key at hand has the name but not the bytes of the key that it was written with, "
                + "or the AWS Encryption SDK for JavaScript wrote it without utf8Sorting.")
            : new MessageRefusedException(
                $"No key at hand opens the message: it is for {wanted}; at hand: {held}",
                "Give the key that it was written with; earlier keys can be given for reading only.");
    }

    public static MessageRefusedException NotAMessage(ReadOnlySpan<byte> beginning)
    {
        const string remedy = "Give a message that Aeos or an AWS Encryption SDK wrote.";
        if (beginning.IsEmpty)
        {
            return new MessageRefusedException("The input is empty, so it is no encrypted message", "An encrypted empty file has a header too; fetch it again.");
        }

        if (beginning.StartsWith("AgR4"u8) || beginning.StartsWith("AgV4"u8) || beginning.StartsWith("AYA"u8))
        {
            return new MessageRefusedException("The input looks like a message in base64, not like a message", "Decode it first: base64 -d FILE.");
        }

        if (beginning.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new MessageRefusedException("The input is a gzip file that is not encrypted", remedy);
        }

        return beginning.StartsWith("age-encryption.org/"u8)
            ? new MessageRefusedException("The input looks like a file that age encrypted", "Decrypt it with age.")
            : new MessageRefusedException("The input is not an encrypted message: it does not begin with 02 04 78", remedy);
    }

    private static string Name(string keyNamespace, string keyName) => Printable.Quote($"{keyNamespace}/{keyName}");
}
