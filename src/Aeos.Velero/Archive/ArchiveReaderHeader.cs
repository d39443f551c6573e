using System.Text;

namespace Aeos.Velero.Archive;

/// <summary>One header block of a tar stream (POSIX.1-1988 ustar, with GNU's binary numbers), its checksum verified.</summary>
/// <param name="Name">The name with its prefix.</param>
/// <param name="Size">Bytes of content that follow.</param>
/// <param name="Type">The type flag.</param>
internal readonly record struct ArchiveReaderHeader(string Name, long Size, byte Type)
{
    public const int BlockLength = 512;

    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A file: flag <c>0</c>, or zero as of old.</summary>
    public bool IsFile => Type is (byte)'0' or 0;

    public bool IsFolder => Type is (byte)'5';

    /// <summary>Extended headers of POSIX.1-2001: of the next entry, or of all that follow.</summary>
    public bool IsExtended => Type is (byte)'x';

    public bool IsGlobal => Type is (byte)'g';

    /// <summary>GNU's long name of the next entry.</summary>
    public bool IsLongName => Type is (byte)'L';

    /// <exception cref="ArchiveRefusedException">The block is no header.</exception>
    public static ArchiveReaderHeader Parse(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumOffset, ChecksumLength), "checksum") != Checksum(block))
        {
            throw ArchiveRefusedException.Damaged("the checksum of a tar header is wrong");
        }

        var name = Text(block[..100]);
        var isPosix = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var prefix = isPosix ? Text(block.Slice(345, 155)) : "";
        return new ArchiveReaderHeader(prefix.Length == 0 ? name : $"{prefix}/{name}", Number(block.Slice(124, 12), "size"), block[156]);
    }

    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        try
        {
            return StrictUtf8.GetString(end < 0 ? field : field[..end]);
        }
        catch (DecoderFallbackException e)
        {
            throw ArchiveRefusedException.Damaged("an entry's name is not UTF-8", e);
        }
    }

    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumLength * ' ';
        for (var i = 0; i < block.Length; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? 0 : block[i];
        }

        return sum;
    }

    private static long Number(ReadOnlySpan<byte> field, string what)
    {
        long value = 0;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var digit in field[^7..])
            {
                value = (value << 8) | digit;
            }

            return field[1..^7].ContainsAnyExcept((byte)0) || field[0] != 0x80
                ? throw ArchiveRefusedException.Damaged($"the {what} in a tar header is out of range")
                : value;
        }

        var digits = field.Trim(" \0"u8);
        foreach (var digit in digits)
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) | (uint)(digit - '0')
                : throw ArchiveRefusedException.Damaged($"the {what} in a tar header is no octal number");
        }

        return value;
    }
}
