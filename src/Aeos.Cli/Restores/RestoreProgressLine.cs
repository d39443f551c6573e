using System.Globalization;
using Aeos.Backup.Restores;

namespace Aeos.Cli.Restores;

/// <summary>A bar on the terminal that says how far a restore is; elsewhere nothing.</summary>
internal sealed class RestoreProgressLine(string name) : IDisposable
{
    private const int BarLength = 30;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private long _last = TimeProvider.System.GetTimestamp();
    private int _width;

    public void Show(RestoreProgress progress)
    {
        if (Console.IsErrorRedirected || TimeProvider.System.GetElapsedTime(Volatile.Read(ref _last)) < Pace)
        {
            return;
        }

        lock (_gate)
        {
            _last = TimeProvider.System.GetTimestamp();
            var filled = progress.Total > 0 ? (int)((long)BarLength * Math.Min(progress.Done, progress.Total) / progress.Total) : 0;
            Rewrite(progress.IsApplying
                ? string.Create(CultureInfo.InvariantCulture, $"{name}: [{new string('#', filled)}{new string(' ', BarLength - filled)}] {progress.Done} of {progress.Total} objects")
                : string.Create(CultureInfo.InvariantCulture, $"{name}: verifying the archive, {progress.Done} objects"));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_width > 0)
            {
                Rewrite("");
                Console.Error.Write('\r');
                _width = 0;
            }
        }
    }

    private void Rewrite(string line)
    {
        Console.Error.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }
}
