using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Install;

/// <summary>
/// The flags of <c>velero install</c> (1.18) that have nothing to do here, so that its command lines need no change: they are taken with a warning. Those that ask for the data
/// of volumes are refused: it would be missed when it is needed.
/// </summary>
internal sealed class UnusedVeleroFlags
{
    private const string NoNodeAgent = "there is no node agent";
    private const string NoRepositories = "there are no repositories of volume data";
    private const string NoSnapshots = "no snapshots of volumes are taken";
    private const string NoVolumeData = "the data of volumes is not backed up here";

    private readonly List<(Option<string?> Option, string Why, bool IsRefused)> _flags = [];

    public UnusedVeleroFlags()
    {
        Warn("every installation is applied", "--apply");
        Warn("the stores are part of the server", "--plugins");
        Warn(NoSnapshots, "--use-volume-snapshots", "--snapshot-location-config", "--csi-snapshot-early-frequent-polling");
        Warn(NoRepositories, "--default-repo-maintain-frequency", "--keep-latest-maintenance-jobs", "--backup-repository-configmap", "--repo-maintenance-job-configmap");
        Warn(NoRepositories, "--maintenance-job-cpu-request", "--maintenance-job-mem-request", "--maintenance-job-cpu-limit", "--maintenance-job-mem-limit");
        Warn(NoVolumeData, "--pod-volume-operation-timeout", "--uploader-type");
        Warn(NoNodeAgent, "--node-agent-pod-cpu-request", "--node-agent-pod-mem-request", "--node-agent-pod-cpu-limit", "--node-agent-pod-mem-limit");
        Warn(NoNodeAgent, "--node-agent-configmap", "--node-agent-priority-class-name", "--node-agent-disable-host-path", "--kubelet-root-dir");
        Warn("a restore asks the API for each object that is there", "--disable-informer-cache");
        Warn("items are backed up one after another, with the lists read ahead", "--item-block-worker-count");
        Refuse(NoVolumeData, "--use-node-agent", "--use-node-agent-windows", "--privileged-node-agent", "--default-volumes-to-fs-backup", "--default-snapshot-move-data");
    }

    public void AddTo(Command command)
    {
        foreach (var (option, _, _) in _flags)
        {
            command.Add(option);
        }
    }

    /// <summary>Says why those that are given do nothing.</summary>
    /// <exception cref="UsageException">One asks for what would be missed.</exception>
    public void Check(ParseResult result)
    {
        foreach (var (option, why, isRefused) in _flags)
        {
            if (result.GetResult(option) is null or { Implicit: true } || result.GetValue(option) == "false")
            {
                continue;
            }

            if (isRefused)
            {
                throw new UsageException($"{option.Name} is not possible: {why}", $"Leave {option.Name} out, and save that data with another tool, such as Velero beside this server.");
            }

            Report.Warning($"{option.Name} does nothing here: {why}");
        }
    }

    private void Warn(string why, params string[] names) => Add(why, isRefused: false, names);

    private void Refuse(string why, params string[] names) => Add(why, isRefused: true, names);

    private void Add(string why, bool isRefused, string[] names) => _flags.AddRange(
        names.Select(name => (new Option<string?>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrOne, Description = why }, why, isRefused)));
}
