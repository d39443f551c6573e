using System.IO.Compression;
using System.Text;
using Aeos.Backup.Restores;
using Aeos.Velero.Layout;

namespace Aeos.Backup.Tests.Restores.Preparing;

/// <summary>Backups of Velero's that have volumes' data: nothing of it is restored, and no volume that may still be in use is claimed.</summary>
public sealed class VolumeDataRestoreTests
{
    private static readonly BackupKeys Keys = new("nightly");

    private const string Volume = """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Retain","capacity":{"storage":"1Gi"},
         "accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"storageClassName":"fast","claimRef":{"namespace":"shop","name":"data","uid":"u"}},"status":{"phase":"Bound"}}
        """;

    private const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},
         "spec":{"volumeName":"pv-1","storageClassName":"fast","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"}}
        """;

    private const string StorageClass = """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"},"provisioner":"example.org/p"}""";

    private static async Task<(RestoreBench Bench, RestoreOutcome Outcome)> RestoreAsync(string companion, string content)
    {
        var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("storageclasses.storage.k8s.io", StorageClass)
            .AddItem("persistentvolumes", Volume).AddItem("persistentvolumeclaims", Claim).ToBytes());
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(content));
        }

        await bench.PutAsync(companion, packed.ToArray());
        return (bench, (await bench.RestoreAsync()).Outcome);
    }

    private static void ShouldBeNew(RestoreBench bench, RestoreOutcome outcome)
    {
        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldBeNull();
        var claim = bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!;
        ((string?)claim["spec"]!["volumeName"]).ShouldBe($"pvc-{claim["metadata"]!["uid"]}");
        outcome.Warnings.Velero.ShouldContain(warning => warning.Contains("NOT RESTORED", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PodVolumeBackup")]
    [InlineData("CSISnapshot")]
    [InlineData("NativeSnapshot")]
    public async Task A_volume_with_data_is_made_anew_though_it_would_be_kept(string method)
    {
        var (bench, outcome) = await RestoreAsync(Keys.VolumeInfo, $$"""[{"pvcName":"data","pvcNamespace":"shop","pvName":"pv-1","backupMethod":"{{method}}"}]""");
        await using (bench)
        {
            ShouldBeNew(bench, outcome);
        }
    }

    [Fact]
    public async Task One_whose_data_was_skipped_is_kept_and_claimed_again()
    {
        var (bench, _) = await RestoreAsync(Keys.VolumeInfo, """[{"pvcName":"data","pvcNamespace":"shop","pvName":"pv-1","skipped":true}]""");
        await using (bench)
        {
            bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldNotBeNull();
            ((string?)bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!["volumeName"]).ShouldBe("pv-1");
        }
    }

    public static TheoryData<string, string> OlderLists => new()
    {
        { Keys.VolumeSnapshots, """[{"spec":{"backupName":"nightly","persistentVolumeName":"pv-1"},"status":{"phase":"Completed"}}]""" },
        { Keys.PodVolumeBackups, """[{"kind":"PodVolumeBackup","metadata":{"name":"p","annotations":{"velero.io/pvc-name":"data"}},"spec":{"pod":{"namespace":"shop","name":"web"},"volume":"v"}}]""" },
        { Keys.CsiVolumeSnapshots, """[{"kind":"VolumeSnapshot","metadata":{"name":"s","namespace":"shop"},"spec":{"source":{"persistentVolumeClaimName":"data"}}}]""" },
    };

    [Theory]
    [MemberData(nameof(OlderLists))]
    public async Task Older_backups_tell_it_by_their_lists_of_snapshots_and_pod_volume_backups(string companion, string content)
    {
        var (bench, outcome) = await RestoreAsync(companion, content);
        await using (bench)
        {
            ShouldBeNew(bench, outcome);
        }
    }
}
