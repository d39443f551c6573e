using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Recovery;

/// <summary>The job itself: a small application, backed up, deleted and restored, compared object by object.</summary>
public class DisasterRecoveryTests
{
    [Theory]
    [InlineData(EncryptionScope.Archive)]
    [InlineData(EncryptionScope.All)]
    public async Task What_was_backed_up_and_deleted_is_there_again_object_by_object(EncryptionScope scope)
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        using var encryption = await bucket.EncryptionAsync(scope: scope);
        var shop = await SampleApplication.CreateAsync(room);
        var before = await ClusterPicture.TakeAsync(room, shop);

        var backup = await bucket.BackUpAsync("nightly", new() { IncludedNamespaces = [shop] }, encryption);
        await SampleApplication.DeleteAsync(room, shop);
        (await ClusterPicture.TakeAsync(room, shop)).Names.ShouldBeEmpty();
        var outcome = await bucket.RestoreCleanlyAsync("nightly");

        backup.Document.Status.Phase.ShouldBe("Completed");
        outcome.Phase.ShouldBe("Completed");
        await before.ShouldBeThereAgainAsync(room, shop);
    }

    [Fact]
    public async Task A_copy_in_another_namespace_is_the_same_but_for_its_name()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop", """{"team":"a"}""", """{"note":"b"}""");
        await room.CreateConfigMapAsync(shop, "settings", "blue");
        await room.CreateSecretAsync(shop, "password", "p", [1, 2, 3]);
        await bucket.BackUpAsync("nightly", shop);

        var copy = room.Name("copy");
        await bucket.RestoreCleanlyAsync(new RestoreSpec
        {
            BackupName = "nightly",
            NamespaceMapping = new Dictionary<string, string> { [shop] = copy },
        });

        var there = await room.GetAsync("v1", "Namespace", null, copy);
        $"{there.At("metadata", "labels", "team")}{there.At("metadata", "annotations", "note")}".ShouldBe("ab");
        $"{there.At("metadata", "labels", "kubernetes.io/metadata.name")}".ShouldBe(copy);
        $"{(await room.GetAsync("v1", "ConfigMap", copy, "settings")).At("data", "k")}".ShouldBe("blue");
        $"{(await room.GetAsync("v1", "Secret", copy, "password")).At("data", "p")}".ShouldBe("AQID");
        (await room.GetAsync("v1", "ConfigMap", shop, "settings")).At("metadata", "labels", "velero.io/restore-name").ShouldBeNull();
    }

    [Fact]
    public async Task A_restore_run_again_changes_nothing()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await SampleApplication.CreateAsync(room);
        var before = await ClusterPicture.TakeAsync(room, shop);
        await bucket.BackUpAsync("nightly", shop);
        await SampleApplication.DeleteAsync(room, shop);
        await bucket.RestoreCleanlyAsync("nightly");

        await bucket.RestoreCleanlyAsync("nightly", "third-time");

        await before.ShouldBeThereAgainAsync(room, shop);
    }
}
