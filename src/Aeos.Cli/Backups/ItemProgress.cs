using Aeos.Backup.Backups;

namespace Aeos.Cli.Backups;

/// <summary>One line on the terminal that says how far a backup is; elsewhere nothing.</summary>
internal sealed class ItemProgress(TextWriter output, bool isShown, TimeProvider time) : IProgress<BackupStep>, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private long _last = time.GetTimestamp();
    private int _width;

    public void Report(BackupStep value)
    {
        if (!isShown || time.GetElapsedTime(_last) < Pace)
        {
            return;
        }

        _last = time.GetTimestamp();
        Rewrite($"{value.Items} items, {value.Type}");
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            Rewrite("");
            output.Write('\r');
        }
    }

    private void Rewrite(string line)
    {
        output.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }
}
