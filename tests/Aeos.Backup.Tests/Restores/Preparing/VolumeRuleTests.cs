using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class VolumeRuleTests
{
    private const string Claim = """
        {"kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","annotations":{"note":"kept","pv.kubernetes.io/bind-completed":"yes",
         "pv.kubernetes.io/bound-by-controller":"yes","volume.kubernetes.io/storage-provisioner":"p","volume.beta.kubernetes.io/storage-provisioner":"p",
         "volume.kubernetes.io/selected-node":"n","velero.io/volume-snapshot-name":"s","velero.io/data-upload-name":"d"}},
         "spec":{"volumeName":"pv-1","storageClassName":"fast","dataSource":{"kind":"VolumeSnapshot","name":"s"}},"status":{"phase":"Bound"}}
        """;

    private static string Volume(string policy, string name = "pv-1") => $$$"""
        {"kind":"PersistentVolume","metadata":{"name":"{{{name}}}","annotations":{"pv.kubernetes.io/bound-by-controller":"yes","pv.kubernetes.io/provisioned-by":"p"}},
         "spec":{"persistentVolumeReclaimPolicy":"{{{policy}}}","storageClassName":"fast",
         "claimRef":{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data","uid":"u","resourceVersion":"7"} } }
        """;

    private static RuleSources Having(VolumeData data) => new() { Cluster = new NamedThings(), Volumes = data };

    [Fact]
    public async Task A_volume_that_goes_with_its_claim_is_not_restored_and_its_claim_is_unbound()
    {
        var preparation = new Preparation();

        (await preparation.OmissionAsync("persistentvolumes", Volume("Delete"))).ShouldNotBeNull().ShouldContain("empty volume");

        (await preparation.ApplyAsync("persistentvolumeclaims", Claim))["spec"]!.AsObject().ContainsKey("volumeName").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Retain")]
    [InlineData("Recycle")]
    public async Task A_volume_that_is_kept_is_restored_and_its_claim_still_asks_for_it(string policy)
    {
        var preparation = new Preparation();

        (await preparation.OmissionAsync("persistentvolumes", Volume(policy))).ShouldBeNull();

        ((string?)(await preparation.ApplyAsync("persistentvolumeclaims", Claim))["spec"]!["volumeName"]).ShouldBe("pv-1");
    }

    [Fact]
    public async Task A_kept_volume_may_be_bound_again_by_the_claim_of_that_name()
    {
        var volume = await new Preparation().ApplyAsync("persistentvolumes", Volume("Retain"), "");

        volume["spec"]!["claimRef"]!.ToJsonString().ShouldBe("""{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data"}""");
        volume["metadata"]!["annotations"]!.ToJsonString().ShouldBe("""{"pv.kubernetes.io/provisioned-by":"p"}""");
    }

    [Fact]
    public async Task A_kept_volume_keeps_its_name_though_its_claims_namespace_is_mapped()
    {
        var volume = await new Preparation(Preparation.Mapping("shop", "copy")).ApplyAsync("persistentvolumes", Volume("Retain"), "");

        ((string?)volume["metadata"]!["name"]).ShouldBe("pv-1");
        ((string?)volume["spec"]!["claimRef"]!["namespace"]).ShouldBe("copy");
    }

    [Fact]
    public async Task A_volume_whose_data_the_backup_has_is_made_anew_though_it_would_be_kept()
    {
        var preparation = new Preparation(sources: Having(new VolumeData(new HashSet<string> { "pv-1" }, new HashSet<(string, string)>())));

        (await preparation.OmissionAsync("persistentvolumes", Volume("Retain"))).ShouldNotBeNull().ShouldContain("not restored");
        (await preparation.OmissionAsync("persistentvolumes", Volume("Retain", "pv-2"))).ShouldBeNull();

        (await preparation.ApplyAsync("persistentvolumeclaims", Claim))["spec"]!.AsObject().ContainsKey("volumeName").ShouldBeFalse();
    }

    [Fact]
    public async Task So_is_one_whose_claim_is_all_that_the_backup_names()
        => (await new Preparation(sources: Having(new VolumeData(new HashSet<string>(), new HashSet<(string, string)> { ("shop", "data") })))
            .OmissionAsync("persistentvolumes", Volume("Retain"))).ShouldNotBeNull();

    [Fact]
    public async Task A_volume_that_nobody_claims_has_no_data_by_a_claims_name()
        => (await new Preparation(sources: Having(new VolumeData(new HashSet<string>(), new HashSet<(string, string)> { ("", "") })))
            .OmissionAsync("persistentvolumes", """{"kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Retain"}}""")).ShouldBeNull();

    [Fact]
    public async Task A_claim_loses_what_the_old_cluster_noted_on_it_and_keeps_its_data_source()
    {
        var claim = await new Preparation().ApplyAsync("persistentvolumeclaims", Claim);

        claim["metadata"]!["annotations"]!.ToJsonString().ShouldBe("""{"note":"kept"}""");
        claim["spec"]!["dataSource"]!.ToJsonString().ShouldBe("""{"kind":"VolumeSnapshot","name":"s"}""");
    }

    [Fact]
    public void The_volume_of_a_bound_claim_goes_before_it()
        => new Preparation().Companions("persistentvolumeclaims", Claim).ShouldBe(["persistentvolumes/pv-1"]);

    [Fact]
    public void A_claim_that_is_not_bound_brings_no_volume_along()
        => new Preparation().Companions("persistentvolumeclaims", Claim.Replace("Bound", "Pending", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public async Task Velero_s_records_of_moved_volume_data_are_not_restored()
        => (await new Preparation().OmissionAsync("datauploads.velero.io", """{"metadata":{"name":"d"}}""")).ShouldNotBeNull();

    [Theory]
    [InlineData("volumesnapshots.snapshot.storage.k8s.io")]
    [InlineData("volumesnapshotcontents.snapshot.storage.k8s.io")]
    [InlineData("volumesnapshotclasses.snapshot.storage.k8s.io")]
    public async Task Snapshots_are_restored_as_they_are_as_in_a_Velero_without_CSI(string type)
    {
        const string Spec = """{"source":{"persistentVolumeClaimName":"data"},"volumeSnapshotClassName":"c"}""";
        (await new Preparation().OmissionAsync(type, $$"""{"metadata":{"name":"s"},"spec":{{Spec}}}""")).ShouldBeNull();
        (await new Preparation().ApplyAsync(type, $$"""{"metadata":{"name":"s"},"spec":{{Spec}}}"""))["spec"]!.ToJsonString().ShouldBe(Spec);
    }
}
