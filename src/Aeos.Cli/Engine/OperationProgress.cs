using System.Globalization;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Engine;

/// <summary>
/// Says on stderr how far a backup or a restore is: on a terminal one line that is rewritten, with a bar where it is known how much there is; elsewhere a
/// line every ten seconds, so that a log shows that something goes on. Safe to share between threads.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="width">The terminal's columns; null: it is none.</param>
/// <param name="name">The backup or restore.</param>
/// <param name="time">The clock.</param>
internal sealed class OperationProgress(TextWriter output, int? width, string name, TimeProvider time) : IDisposable
{
    private const int BarLength = 30;

    private static readonly TimeSpan TerminalPace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogPace = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly RewrittenLine _line = new(output);
    private long _shown = time.GetTimestamp();
    private long _begun = time.GetTimestamp();
    private string _work = "";

    /// <summary>Progress on stderr.</summary>
    public static OperationProgress Of(string name) => new(Console.Error, Console.IsErrorRedirected ? null : Columns(), name, TimeProvider.System);

    /// <summary>Tells how far it is; cheap when it is not time to show it.</summary>
    /// <param name="work">What is being done, such as <c>restoring</c>; the rate is this work's.</param>
    /// <param name="what">What it is on, such as a type; empty: nothing to name.</param>
    /// <param name="done">Items that are done.</param>
    /// <param name="total">Items in all; 0: not known.</param>
    /// <param name="isRare">Whether the next may be long in coming: it is shown at once.</param>
    public void Show(string work, string what, long done, long total, bool isRare = false)
    {
        lock (_gate)
        {
            if (work != _work)
            {
                (_work, _begun) = (work, _work.Length == 0 ? _begun : time.GetTimestamp());
            }

            if (!isRare && time.GetElapsedTime(_shown) < (width is null ? LogPace : TerminalPace))
            {
                return;
            }

            _shown = time.GetTimestamp();
            var line = Line(work, what, done, total);
            if (width is { } columns)
            {
                _line.Write(line.Length < columns ? line : line[..(columns - 1)]);
            }
            else
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _line.Clear();
        }
    }

    private string Line(string work, string what, long done, long total)
    {
        var seconds = time.GetElapsedTime(_begun).TotalSeconds;
        var rate = seconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $", {done / seconds:0} items/s") : "";
        var subject = SafeText.Line(what.Length > 0 ? $"{name}: {work} {what}" : $"{name}: {work}");
        return total <= 0 && done == 0 ? subject
            : total <= 0 ? string.Create(CultureInfo.InvariantCulture, $"{subject}, {done} items{rate}")
            : width is null ? string.Create(CultureInfo.InvariantCulture, $"{subject}, {done} of {total} items{rate}")
            : string.Create(CultureInfo.InvariantCulture, $"{subject} [{Bar(done, total)}] {Math.Min(done, total) * 100 / total,3} % {done}/{total}{rate}");
    }

    private static string Bar(long done, long total)
    {
        var filled = (int)(BarLength * Math.Min(done, total) / total);
        return new string('=', filled).PadRight(BarLength, '.');
    }

    private static int Columns()
    {
        try
        {
            return Console.WindowWidth is > 20 and var columns ? columns : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
