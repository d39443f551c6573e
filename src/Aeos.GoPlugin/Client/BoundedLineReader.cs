using System.Text;

namespace Aeos.GoPlugin.Client;

/// <summary>Reads a process's output line by line; what is longer than a line may be comes in pieces, so that no output can fill the memory.</summary>
internal sealed class BoundedLineReader(TextReader source)
{
    /// <summary>The longest piece, in characters: go-plugin's own buffer for log lines.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly char[] _buffer = new char[4096];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;

    /// <summary>The next line without its end, or null at the end of the output.</summary>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await source.ReadAsync(_buffer.AsMemory(), cancellationToken);
                if (_end == 0)
                {
                    return _line.Length > 0 ? Take() : null;
                }
            }

            var rest = _buffer.AsSpan(_start, _end - _start);
            var newline = rest.IndexOf('\n');
            var room = MaxLength - _line.Length;
            var length = newline < 0 ? rest.Length : newline;
            if (length > room)
            {
                _line.Append(rest[..room]);
                _start += room;
                return Take();
            }

            _line.Append(rest[..length]);
            _start += length;
            if (newline >= 0)
            {
                _start++;
                return Take().TrimEnd('\r');
            }
        }
    }

    private string Take()
    {
        var line = _line.ToString();
        _line.Clear();
        return line;
    }
}
