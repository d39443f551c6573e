using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary>The options that the server's command line is made of, and what the server may do.</summary>
internal sealed class ServerFlags
{
    private readonly DurationOption _collection = new("--garbage-collection-frequency", "How often expired backups are looked for. Default: 1h.");
    private readonly SwitchOption _skip = new("--schedule-skip-immediately", "Whether a schedule's first backup is skipped when it is due at once. Default: false.");
    private readonly Option<int?> _backups = new("--concurrent-backups") { HelpName = "N", Description = "How many backups are made at once. Default: 1." };
    private readonly SwitchOption _restoreOnly = new("--restore-only", "Whether the server restores only: it makes and deletes no backups.");

    private readonly Option<string?> _privileges = new("--restore-privileges")
    {
        HelpName = "cluster|none",
        Description = "cluster, the default: the server may write what a restore writes, which is nearly everything. none: it may back up only; kubectl create clusterrolebinding allows it to restore when that is needed.",
    };

    private readonly Option<string[]> _others = new("--server-flag") { HelpName = "FLAG", Description = "A flag that the server gets as it is, such as --server-flag=--log-level=debug; may be given several times." };

    public ServerFlags() => _privileges.AcceptOnlyFromAmong("cluster", "none");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _collection, _skip, _backups, _restoreOnly, _privileges, _others })
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what is installed.</summary>
    /// <exception cref="UsageException">One is not possible.</exception>
    public InstallationOptions Read(ParseResult result, InstallationOptions options) => options with
    {
        MayRestore = result.GetValue(_privileges) != "none",
        ServerFlags = [.. Flags(result)],
    };

    private IEnumerable<string> Flags(ParseResult result)
    {
        if (_collection.Read(result) is not null)
        {
            yield return $"{_collection.Name}={result.GetValue(_collection)}";
        }

        if (_skip.Read(result) == true)
        {
            yield return $"{_skip.Name}=true";
        }

        if (result.GetValue(_backups) is { } backups)
        {
            yield return backups > 0 ? $"{_backups.Name}={backups}" : throw new UsageException($"{_backups.Name} is below one", "Give a number from 1 on.");
        }

        if (_restoreOnly.Read(result) == true)
        {
            yield return $"{_restoreOnly.Name}=true";
        }

        foreach (var flag in result.GetValue(_others) ?? [])
        {
            yield return flag.StartsWith("--", StringComparison.Ordinal) ? flag : throw new UsageException($"\"{flag}\" in {_others.Name} is no flag", $"Write it as {_others.Name}=--NAME=VALUE.");
        }
    }
}
