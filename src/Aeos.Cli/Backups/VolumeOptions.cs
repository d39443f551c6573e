using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Backups;

/// <summary>
/// Velero's flags about the data of volumes, which is not backed up here. Those that switch it off say what is so anyway; those that ask for it are refused,
/// so that nobody takes a backup for more than it is.
/// </summary>
internal sealed class VolumeOptions
{
    private const string Hint = "Volume data: only false is taken.";
    private const string BuiltInMover = "velero";

    private readonly SwitchOption[] _switches =
    [
        new("--snapshot-volumes", Hint) { Hidden = true },
        new("--snapshot-move-data", Hint) { Hidden = true },
        new("--default-volumes-to-fs-backup", Hint) { Hidden = true },
    ];

    private readonly ListOption _locations = new("--volume-snapshot-locations", Hint) { Hidden = true };
    private readonly Option<string?> _mover = new("--data-mover") { Hidden = true };
    private readonly Option<int> _uploads = new("--parallel-files-upload") { Hidden = true };

    public void AddTo(Command command)
    {
        foreach (var option in _switches.Concat<Option>([_locations, _mover, _uploads]))
        {
            command.Add(option);
        }
    }

    /// <summary>Refuses what asks for volume data.</summary>
    /// <exception cref="UsageException">Says which.</exception>
    public void Check(ParseResult result)
    {
        var asked = Array.Find(_switches, option => option.Read(result) == true)?.Name
            ?? (_locations.Read(result) is not null ? _locations.Name
                : result.GetValue(_mover) is not (null or "" or BuiltInMover) ? _mover.Name
                : result.GetValue(_uploads) != 0 ? _uploads.Name : null);
        if (asked is not null)
        {
            throw new UsageException(
                $"{asked} asks for the data of volumes, which is not backed up here: claims and volumes are, as resources",
                "Leave it out, and back the data up with Velero or with what your storage has.");
        }
    }
}
