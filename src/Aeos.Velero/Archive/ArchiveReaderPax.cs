using System.Globalization;
using System.Text;

namespace Aeos.Velero.Archive;

/// <summary>The records of an extended header (POSIX.1-2001, pax interchange format): <c>LENGTH KEY=VALUE\n</c>. Of them only path and size matter here.</summary>
internal readonly record struct ArchiveReaderPax(string? Path, long? Size)
{
    /// <exception cref="ArchiveRefusedException">The records are malformed.</exception>
    public static ArchiveReaderPax Parse(ReadOnlySpan<byte> content)
    {
        string? path = null;
        long? size = null;
        while (!content.IsEmpty)
        {
            var space = content.IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(content[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > content.Length || content[length - 1] != '\n')
            {
                throw Malformed();
            }

            var record = content[(space + 1)..(length - 1)];
            content = content[length..];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw Malformed();
            }

            var value = record[(equals + 1)..];
            switch (Encoding.UTF8.GetString(record[..equals]))
            {
                case "path":
                    path = value.Contains((byte)0) ? throw Malformed() : ArchiveReaderHeader.Text(value);
                    break;
                case var sparse when sparse.StartsWith("GNU.sparse.", StringComparison.Ordinal):
                    throw ArchiveRefusedException.Damaged("an entry is a sparse file");
                case "size":
                    size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw Malformed();
                    break;
            }
        }

        return new ArchiveReaderPax(path, size);
    }

    private static ArchiveRefusedException Malformed() => ArchiveRefusedException.Damaged("an extended tar header is malformed");
}
