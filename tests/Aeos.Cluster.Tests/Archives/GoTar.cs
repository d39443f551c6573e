using System.IO.Compression;
using System.Text;

namespace Aeos.Cluster.Tests.Archives;

/// <summary>
/// A gzip'd tar, byte for byte as Go's archive/tar writes it for Velero (pkg/backup, tar.Header with Name, Size, Typeflag '0', Mode 0755 and ModTime):
/// ustar, long names split at a slash into prefix and name, else a pax header before the file; two blocks of zeros at the end and no padding after.
/// </summary>
internal sealed class GoTar
{
    private const int BlockLength = 512;
    private const int NameLength = 100;
    private const int PrefixLength = 155;
    private const long SomeTime = 1_790_000_000;

    private readonly List<byte> _tar = [];

    public GoTar AddFile(string name, string content) => AddFile(name, Encoding.UTF8.GetBytes(content));

    public GoTar AddFile(string name, byte[] content, long time = SomeTime)
    {
        var (prefix, rest) = Split(name);
        if (rest is null)
        {
            var folder = name.LastIndexOf('/');
            var record = PaxRecord("path", name);
            AddEntry("", Cut($"{name[..folder]}/PaxHeaders.0/{name[(folder + 1)..]}"), 'x', record, 0, 0);
            (prefix, rest) = ("", Cut(name));
        }

        AddEntry(prefix, rest, '0', content, Convert.ToInt32("755", 8), time);
        return this;
    }

    /// <summary>The tar alone.</summary>
    public byte[] ToTar() => [.. _tar, .. new byte[2 * BlockLength]];

    public byte[] ToBytes()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(ToTar());
        }

        return packed.ToArray();
    }

    private void AddEntry(string prefix, string name, char type, byte[] content, int mode, long time)
    {
        var block = new byte[BlockLength];
        Put(0, name);
        Put(100, Octal(mode, 7));
        Put(108, Octal(0, 7));
        Put(116, Octal(0, 7));
        Put(124, Octal(content.Length, 11));
        Put(136, Octal(time, 11));
        Put(148, "        ");
        block[156] = (byte)type;
        Put(257, "ustar\0" + "00");
        if (type == '0')
        {
            Put(329, Octal(0, 7));
            Put(337, Octal(0, 7));
        }

        Put(345, prefix);
        Put(148, Octal(block.Sum(static value => value), 6) + "\0 ");
        _tar.AddRange(block);
        _tar.AddRange(content);
        _tar.AddRange(new byte[(BlockLength - (content.Length % BlockLength)) % BlockLength]);

        void Put(int offset, string text) => Encoding.UTF8.GetBytes(text).CopyTo(block, offset);
    }

    // splitUSTARPath in archive/tar's writer: as much as fits goes into the prefix; null when the rest is too long for the name.
    private static (string Prefix, string? Name) Split(string name)
    {
        if (name.Length <= NameLength)
        {
            return ("", name);
        }

        var slash = name.LastIndexOf('/', Math.Min(PrefixLength, name.Length - 1));
        return slash > 0 && name.Length - slash - 1 <= NameLength ? (name[..slash], name[(slash + 1)..]) : ("", null);
    }

    private static byte[] PaxRecord(string key, string value)
    {
        var length = 0;
        for (var digits = 1; length == 0 || $"{length}".Length != digits - 1; digits++)
        {
            length = Encoding.UTF8.GetByteCount($" {key}={value}\n") + digits;
        }

        return Encoding.UTF8.GetBytes($"{length} {key}={value}\n");
    }

    private static string Cut(string name) => name.Length <= NameLength ? name : name[..NameLength];

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');
}
