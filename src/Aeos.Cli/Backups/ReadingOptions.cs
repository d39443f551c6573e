using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;

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
    public async Task<int> RunAsync(ParseResult result, Func<BucketReader, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var location = await _engine.OpenLocationAsync(result, cancellationToken).ConfigureAwait(false);
        using var cluster = _engine.TryConnect(result);
        var scope = new KeyScope { Cluster = cluster, Namespace = _engine.Namespace(result), KeyFolder = result.GetValue(_keyFolder) };
        using var named = await ReadKeyAsync(result, cancellationToken).ConfigureAwait(false);
        using var keys = new ReadingKeys(named is null ? location.Keys : [named, .. location.Keys], scope, Report.Warning);
        return await work(new BucketReader(location.Store, keys, location.Domain)).ConfigureAwait(false);
    }

    private async Task<WrappingKey?> ReadKeyAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_keyFile) is not { } file)
        {
            return null;
        }

        var (key, warning) = await new FileKeyRetriever(file).GetKeyAsync(cancellationToken).ConfigureAwait(false);
        if (warning is not null)
        {
            Report.Warning(warning);
        }

        return key;
    }
}
