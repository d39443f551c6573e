using System.Globalization;
using System.Text.Json;

namespace Aeos.Backup.Backups;

/// <summary>The backup's log in the bucket, in the lines that Velero's servers write (logrus text).</summary>
internal sealed class BackupLog(GzipText text, string backup, TimeProvider time)
{
    public Task InfoAsync(string message, CancellationToken cancellationToken) => WriteAsync("info", message, cancellationToken);

    public Task WarningAsync(string message, CancellationToken cancellationToken) => WriteAsync("warning", message, cancellationToken);

    public Task ErrorAsync(string message, CancellationToken cancellationToken) => WriteAsync("error", message, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => text.CommitAsync(cancellationToken);

    private Task WriteAsync(string level, string message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return text.WriteAsync($"time=\"{now}\" level={level} msg=\"{JsonEncodedText.Encode(message)}\" backup=\"{JsonEncodedText.Encode(backup)}\"\n", cancellationToken);
    }
}
