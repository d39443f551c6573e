using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace Aeos.Velero.Resources;

/// <summary>
/// Messages in the order in which they came, kept as UTF-8 in pieces of 32 KiB: one takes its bytes and four more. It has no bound; 100,000 messages of 150
/// bytes take 16 MB. Adding is not safe between threads; <see cref="ResultMessages"/> sees to that.
/// </summary>
public sealed class MessageList : IReadOnlyCollection<string>
{
    private const int PieceLength = 32 * 1024;
    private const int PrefixLength = sizeof(int);

    private readonly List<byte[]> _pieces = [];
    private int _end;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        var (piece, position) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            // A piece ends where its rest has no room for a message: there the length is zero, or missing.
            if (position + PrefixLength > _pieces[piece].Length || BinaryPrimitives.ReadInt32LittleEndian(_pieces[piece].AsSpan(position)) == 0)
            {
                (piece, position) = (piece + 1, 0);
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(_pieces[piece].AsSpan(position)) - 1;
            yield return Encoding.UTF8.GetString(_pieces[piece], position + PrefixLength, length);
            position += PrefixLength + length;
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a message at the end.</summary>
    /// <param name="message">One line.</param>
    public void Add(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var length = Encoding.UTF8.GetByteCount(message);
        if (_pieces.Count == 0 || _end + PrefixLength + length > _pieces[^1].Length)
        {
            // The first is small, since most lists have a message or two; a message longer than a piece has one to itself.
            _pieces.Add(new byte[Math.Max(_pieces.Count == 0 ? PieceLength / 64 : PieceLength, PrefixLength + length)]);
            _end = 0;
        }

        // One more than the length, so that zero says that there is none.
        BinaryPrimitives.WriteInt32LittleEndian(_pieces[^1].AsSpan(_end), length + 1);
        Encoding.UTF8.GetBytes(message, _pieces[^1].AsSpan(_end + PrefixLength));
        _end += PrefixLength + length;
        Count++;
    }
}
