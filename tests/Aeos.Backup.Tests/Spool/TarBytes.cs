using System.IO.Compression;
using System.Text;

namespace Aeos.Backup.Tests.Spool;

/// <summary>A tar built block by block, so that it can be as odd as no writer makes it, gzip'd (POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU tar).</summary>
internal sealed class TarBytes
{
    private const int Block = 512;
    private const int LongestName = 100;

    private readonly List<Action<Stream>> _entries = [];

    public TarBytes Version(string version = "1.1.0") => File("metadata/version", $"{version}\n");

    /// <summary>A file, with a long name where one is needed.</summary>
    public TarBytes File(string name, string content) =>
        (name.Length > LongestName ? LongName(name) : this).Entry(name[..Math.Min(name.Length, LongestName)], Encoding.UTF8.GetBytes(content));

    /// <param name="name">At most 100 bytes.</param>
    /// <param name="content">The content.</param>
    /// <param name="type">The type flag.</param>
    /// <param name="link">What a link leads to.</param>
    public TarBytes Entry(string name, byte[] content, char type = '0', string link = "")
    {
        _entries.Add(tar => Write(tar, name, content, type, link));
        return this;
    }

    /// <summary>An extended header for the entry that follows.</summary>
    public TarBytes Pax(params (string Key, string Value)[] records)
    {
        var content = new StringBuilder();
        foreach (var (key, value) in records)
        {
            // The length counts itself.
            var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
            var length = rest + $"{rest + $"{rest}".Length}".Length;
            content.Append($"{length} {key}={value}\n");
        }

        return Entry("PaxHeaders/x", Encoding.UTF8.GetBytes(content.ToString()), 'x');
    }

    /// <summary>GNU's long name for the entry that follows.</summary>
    public TarBytes LongName(string name) => Entry("././@LongLink", Encoding.UTF8.GetBytes($"{name}\0"), 'L');

    public byte[] ToBytes()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            _entries.ForEach(entry => entry(gzip));
            gzip.Write(new byte[2 * Block]);
        }

        return packed.ToArray();
    }

    private static void Write(Stream tar, string name, byte[] content, char type, string link)
    {
        var header = new byte[Block];
        Put(header, 0, Encoding.Latin1.GetBytes(name));
        Put(header, 100, "0000755\0"u8);
        Put(header, 108, "0000000\0"u8);
        Put(header, 116, "0000000\0"u8);
        Put(header, 124, Encoding.ASCII.GetBytes(Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0"));
        Put(header, 136, "00000000000\0"u8);
        Put(header, 148, "        "u8);
        header[156] = (byte)type;
        Put(header, 157, Encoding.ASCII.GetBytes(link));
        Put(header, 257, "ustar\000"u8);
        Put(header, 148, Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(static value => value), 8).PadLeft(6, '0') + "\0 "));
        tar.Write(header);
        tar.Write(content);
        tar.Write(new byte[(Block - (content.Length % Block)) % Block]);
    }

    private static void Put(byte[] header, int offset, ReadOnlySpan<byte> text) => text.CopyTo(header.AsSpan(offset));
}
