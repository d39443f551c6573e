using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Backups;

/// <summary>The options of commands that read backups out of a bucket.</summary>
internal sealed class ReadingOptions
{
    private readonly EngineOptions _engine = new();

    private readonly Option<string?> _keyFile = new("--encryption-key-file")
    {
        HelpName = "FILE",
        Description = "The key that the backup was encrypted with. Absent: the one that the backup's document names, where it may be read, and the location's.",
    };

    private readonly Option<string?> _keyFolder = new("--encryption-key-folder")
    {
        HelpName = "FOLDER",
        Description = "Where key files may be read that a backup's document names.",
    };

    public void AddTo(Command command)
    {
        _engine.AddTo(command);
        command.Add(_keyFile);
        command.Add(_keyFolder);
    }

    /// <summary>Runs work on the backups of the location.</summary>
    public async Task<int> RunAsync(ParseResult result, Func<BackupReader, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var location = await _engine.OpenLocationAsync(result, cancellationToken).ConfigureAwait(false);
        using var cluster = _engine.TryConnect(result);
        var scope = new KeyScope { Cluster = cluster, Namespace = _engine.Namespace(result), KeyFolder = result.GetValue(_keyFolder) };
        using var keys = new ReadingKeys(location.Keys, result.GetValue(_keyFile), scope, Report.Warning);
        return await work(new BackupReader(location.Store, location.Domain, keys)).ConfigureAwait(false);
    }
}
