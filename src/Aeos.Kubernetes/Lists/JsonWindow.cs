using System.Buffers;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Lists;

/// <summary>
/// The part of a JSON stream that is in memory: bytes that a parser has not finished with yet. It grows to the size of one object and no
/// further; what lies before <see cref="Keep"/> is given up when room is needed.
/// </summary>
/// <param name="limit">The largest object that is held, in bytes.</param>
internal sealed class JsonWindow(int limit) : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _end;
    private int _starved;

    /// <summary>Up to where the parser has read.</summary>
    public int Position { get; private set; }

    /// <summary>Where the object begins whose bytes are still wanted; -1 when there is none.</summary>
    public int Keep { get; set; } = -1;

    /// <summary>Whether the stream has ended.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>
    /// Whether parsing is worth while. A token that is cut off is scanned from its beginning each time; a long one, which can only be a string, is
    /// tried again when its closing quote has come: linear time for strings of any length, and nothing that is complete waits for more.
    /// </summary>
    public bool IsReady => _starved == 0 || FindsClosingQuote();

    public ReadOnlySpan<byte> Unparsed => _buffer.AsSpan(Position, _end - Position);

    public ReadOnlySpan<byte> Slice(int start, int end) => _buffer.AsSpan(start, end - start);

    /// <summary>Room to read into; never empty.</summary>
    /// <exception cref="KubernetesException">The object is larger than the limit.</exception>
    public Memory<byte> GetRoom()
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Says that bytes were read into the room; none means that the stream has ended.</summary>
    public void Fill(int count)
    {
        _end += count;
        IsFinal |= count == 0;
    }

    /// <summary>Says how far the parser came.</summary>
    public void Consume(int count)
    {
        Position += count;
        _starved = 0;
    }

    /// <summary>Says that the parser came no further with what is there.</summary>
    public void Starve() => _starved = Unparsed.Length >= InitialSize ? Unparsed.Length : 0;

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            // Objects may be Secrets: what they leave behind is wiped.
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = [];
            _end = Position = 0;
        }
    }

    private bool FindsClosingQuote()
    {
        var unparsed = Unparsed;
        while (_starved < unparsed.Length)
        {
            var quote = unparsed[_starved..].IndexOf((byte)'"');
            if (quote < 0)
            {
                _starved = unparsed.Length;
                return false;
            }

            quote += _starved;
            _starved = quote + 1;
            var backslashes = quote - 1 - unparsed[..quote].LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }

    private void MakeRoom()
    {
        var from = Keep >= 0 ? Keep : Position;
        var length = _end - from;
        if (length > limit)
        {
            throw new KubernetesException(
                $"the API server sent an object of more than {limit} bytes",
                "Look for the object among those of this resource; no API server stores one of this size, so it comes from an aggregated one.");
        }

        // Half full after the move at most: moving costs no more than reading did.
        var target = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        Buffer.BlockCopy(_buffer, from, target, 0, length);
        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = target;
        }

        Position -= from;
        Keep = Keep >= 0 ? 0 : -1;
        _end = length;
    }
}
