using Aeos.Backup.Backups;
using Aeos.Cli.Engine;

namespace Aeos.Cli.Backups;

/// <summary>Hands what the engine says of its progress on. Not <see cref="Progress{T}"/>, which would queue a call for each item.</summary>
internal sealed class BackupProgressReport(OperationProgress progress) : IProgress<BackupStep>
{
    public void Report(BackupStep value) => progress.Show("backing up", value.Type, value.Items, total: 0);
}
