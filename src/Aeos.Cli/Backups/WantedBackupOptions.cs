using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Which backup is wanted: its name, its labels and what is in it. Who takes it, these do not say.</summary>
internal sealed class WantedBackupOptions
{
    private readonly NameArgument _name = NameArgument.Required("backup");
    private readonly BackupSpecOptions _spec = new();
    private readonly PairsOption _labels = new("--labels", '=', "KEY=VALUE", "Labels of the backup.");
    private readonly PairsOption _annotations = new("--annotations", '=', "KEY=VALUE", "Annotations of the backup.");

    public void AddTo(Command command)
    {
        command.Add(_name);
        _spec.AddTo(command);
        command.Add(_labels);
        command.Add(_annotations);
    }

    /// <summary>The Backup, as somebody creates it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="namespace">The backup server's namespace.</param>
    /// <exception cref="UsageException">Options that do not go together, or a value that is none.</exception>
    public BackupDocument Read(ParseResult result, string @namespace) => new()
    {
        Metadata = new DocumentMetadata
        {
            Name = _name.Read(result),
            Namespace = @namespace,
            Labels = _labels.Read(result),
            Annotations = _annotations.Read(result),
        },
        Spec = _spec.Read(result),
    };
}
