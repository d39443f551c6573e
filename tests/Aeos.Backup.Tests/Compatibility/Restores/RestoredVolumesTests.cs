using System.IO.Compression;
using System.Text;
using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Layout;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>Volumes of which the backup has data: Velero 1.18, the cases of restoreItem for persistent volumes in pkg/restore/restore.go.</summary>
public class RestoredVolumesTests
{
    private const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},"spec":{"accessModes":["ReadWriteOnce"],
         "resources":{"requests":{"storage":"1Gi"}},"storageClassName":"slow","volumeName":"pv-1"},"status":{"phase":"Bound"}}
        """;

    private const string Volume = """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Retain","capacity":{"storage":"1Gi"},
         "accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data","uid":"old"}},"status":{"phase":"Bound"}}
        """;

    public static TheoryData<string, string> Data => new()
    {
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"pv-1","backupMethod":"PodVolumeBackup"}]""" },
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"pv-1","backupMethod":"CSISnapshot"}]""" },
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"pv-1","backupMethod":"NativeSnapshot"}]""" },
        { new BackupKeys("nightly").PodVolumeBackups, """[{"metadata":{"annotations":{"velero.io/pvc-name":"data"}},"spec":{"pod":{"namespace":"shop"}}}]""" },
        { new BackupKeys("nightly").VolumeSnapshots, """[{"spec":{"persistentVolumeName":"pv-1"}}]""" },
        { new BackupKeys("nightly").CsiVolumeSnapshots, """[{"metadata":{"namespace":"shop"},"spec":{"source":{"persistentVolumeClaimName":"data"}}}]""" },
    };

    [Theory]
    [MemberData(nameof(Data))]
    public async Task A_kept_volume_with_data_in_the_backup_is_made_anew(string key, string json)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutAsync(key, Gzip(json));

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("persistentvolumes", Volume).AddItem("persistentvolumeclaims", Claim));

        restore.Of("v1/PersistentVolume").ShouldBe(["pv-1(skipped)"]);
        bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!.AsObject()["volumeName"]?.ToString().ShouldNotBe("pv-1");
        restore.Messages("warnings", "velero").ShouldHaveSingleItem().ShouldContain("NOT RESTORED");
    }

    [Fact]
    public async Task A_kept_volume_without_data_in_the_backup_is_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutAsync(new BackupKeys("nightly").VolumeInfo, Gzip("""[{"pvName":"pv-1","backupMethod":"","skipped":true}]"""));

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("persistentvolumes", Volume).AddItem("persistentvolumeclaims", Claim));

        restore.Of("v1/PersistentVolume").ShouldBe(["pv-1(created)"]);
        restore.Count("warnings").ShouldBe(0);
    }

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
