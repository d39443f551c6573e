using Aeos.Cli.Options;

namespace Aeos.Cli.Install;

/// <summary>The flags of <c>velero install</c> (1.18) that have nothing to do here.</summary>
internal static class UnusedVeleroFlags
{
    private const string NoNodeAgent = "there is no node agent";
    private const string NoRepositories = "there are no repositories of volume data";
    private const string NoSnapshots = "no snapshots of volumes are taken";
    private const string NoVolumeData = "the data of volumes is not backed up here";

    public static UnusedFlags Create()
    {
        var flags = new UnusedFlags();
        flags.Warn("every installation is applied", "--apply");
        flags.Warn("the stores are part of the server", "--plugins");
        flags.Warn(NoSnapshots, "--use-volume-snapshots", "--snapshot-location-config", "--csi-snapshot-early-frequent-polling");
        flags.Warn(NoRepositories, "--default-repo-maintain-frequency", "--keep-latest-maintenance-jobs", "--backup-repository-configmap", "--repo-maintenance-job-configmap");
        flags.Warn(NoRepositories, "--maintenance-job-cpu-request", "--maintenance-job-mem-request", "--maintenance-job-cpu-limit", "--maintenance-job-mem-limit");
        flags.Warn(NoVolumeData, "--pod-volume-operation-timeout", "--uploader-type");
        flags.Warn(NoNodeAgent, "--node-agent-pod-cpu-request", "--node-agent-pod-mem-request", "--node-agent-pod-cpu-limit", "--node-agent-pod-mem-limit");
        flags.Warn(NoNodeAgent, "--node-agent-configmap", "--node-agent-priority-class-name", "--node-agent-disable-host-path", "--kubelet-root-dir");
        flags.Warn("a restore asks the API for each object that is there", "--disable-informer-cache");
        flags.Warn("items are backed up one after another, with the lists read ahead", "--item-block-worker-count");
        flags.Refuse(NoVolumeData, "save that data with another tool, such as Velero beside this server", "--use-node-agent", "--use-node-agent-windows", "--privileged-node-agent", "--default-volumes-to-fs-backup", "--default-snapshot-move-data");
        return flags;
    }
}
