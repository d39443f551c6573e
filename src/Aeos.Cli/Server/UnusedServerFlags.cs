using Aeos.Cli.Options;

namespace Aeos.Cli.Server;

/// <summary>The flags of <c>velero server</c> (1.18, pkg/cmd/server/config, and those of every command, which klog has) that have nothing to do here.</summary>
internal static class UnusedServerFlags
{
    private const string NoRepositories = "there are no repositories of volume data";
    private const string NoSnapshots = "no snapshots of volumes are taken";
    private const string NoVolumeData = "the data of volumes is not backed up here";

    public static UnusedFlags Create()
    {
        var flags = new UnusedFlags();
        flags.Warn("the stores are part of the server", "--plugin-dir", "--credentials-directory");
        flags.Warn("there is no profiler", "--profiler-address");
        flags.Warn(NoVolumeData, "--fs-backup-timeout", "--uploader-type");
        flags.Warn(NoRepositories, "--default-repo-maintain-frequency", "--backup-repository-configmap", "--repo-maintenance-job-configmap", "--keep-latest-maintenance-jobs");
        flags.Warn(NoRepositories, "--maintenance-job-cpu-request", "--maintenance-job-mem-request", "--maintenance-job-cpu-limit", "--maintenance-job-mem-limit");
        flags.Warn(NoSnapshots, "--default-volume-snapshot-locations", "--volume-group-snapshot-label-key");
        flags.Warn("no plugin works on after a backup or a restore", "--item-operation-sync-frequency", "--default-item-operation-timeout");
        flags.Warn("connections are shared by all requests", "--max-concurrent-k8s-connections");
        flags.Warn("a restore asks the API for each object that is there", "--disable-informer-cache");
        flags.Warn("items are backed up one after another, with the lists read ahead", "--item-block-worker-count");
        flags.Warn("the log has no colours", "--colorized");
        flags.Warn(
            "the log is governed by --log-level and --log-format",
            ["-v", "--v", "--vmodule", "--add_dir_header", "--alsologtostderr", "--legacy_stderr_threshold_behavior", "--log_backtrace_at", "--log_dir", "--log_file", "--log_file_max_size", "--logtostderr", "--one_output", "--skip_headers", "--skip_log_headers", "--stderrthreshold"]);
        flags.Refuse(NoVolumeData, "save that data with another tool, such as Velero beside this server", "--default-volumes-to-fs-backup", "--default-snapshot-move-data");
        return flags;
    }
}
