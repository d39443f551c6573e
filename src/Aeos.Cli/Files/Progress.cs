using System.Globalization;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Files;

/// <summary>
/// One line on the terminal that says how far the work is, from its second second on. Elsewhere nothing: a log is no place for it. Nor when the
/// work's own bytes go to the terminal.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly RewrittenLine _line;
    private readonly TimeProvider _time;
    private readonly string _subject;
    private readonly long? _total;
    private readonly bool _isShown;
    private readonly long _start;
    private long _last;

    private Progress(TextWriter output, bool isShown, string subject, long? total, TimeProvider time)
    {
        _line = new RewrittenLine(output);
        _isShown = isShown;
        _subject = SafeText.Line(subject);
        _total = total;
        _time = time;
        _start = _last = time.GetTimestamp();
    }

    /// <summary>Progress on stderr.</summary>
    /// <param name="subject">What is being worked on.</param>
    /// <param name="total">Bytes in all, where known.</param>
    public static Progress Of(string subject, long? total) =>
        new(Console.Error, !Console.IsErrorRedirected, subject, total, TimeProvider.System);

    /// <summary>Progress on stderr of work whose own bytes go to an output: none when that is the terminal, too.</summary>
    /// <param name="subject">What is being worked on.</param>
    /// <param name="total">Bytes in all, where known.</param>
    /// <param name="output">Where the bytes go: a path, or null or <c>-</c> for standard output.</param>
    public static Progress Of(string subject, long? total, string? output) => new(
        Console.Error,
        !Console.IsErrorRedirected && (Console.IsOutputRedirected || !DirectOutput.IsStandardOutput(output)),
        subject,
        total,
        TimeProvider.System);

    /// <summary>Bytes that are through.</summary>
    public long Done { get; private set; }

    /// <summary>Counts bytes, and shows how far the work is if it is time to.</summary>
    public void Add(int count)
    {
        Done += count;
        if (!_isShown || _time.GetElapsedTime(_start) < Patience || (_line.IsThere && _time.GetElapsedTime(_last) < Pace))
        {
            return;
        }

        _last = _time.GetTimestamp();
        var rate = Done / _time.GetElapsedTime(_start).TotalSeconds;
        var share = _total is > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {ByteCount.Text(_total.Value)}, {Done * 100.0 / _total:0} %") : "";
        _line.Write($"{_subject}: {ByteCount.Text(Done)}{share}, {ByteCount.Text((long)rate)}/s");
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose() => _line.Clear();
}
