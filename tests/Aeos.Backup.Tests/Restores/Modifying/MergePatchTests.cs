namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class MergePatchTests
{
    private static System.Text.Json.Nodes.JsonObject Patched(string patches)
        => Modification.Changed("groupResource: persistentvolumeclaims", $"mergePatches: [{patches}]", "persistentvolumeclaims", Modification.Claim);

    [Fact]
    public void Fields_are_added_changed_and_with_null_removed()
        => Patched("{patchData: '{\"metadata\":{\"labels\":{\"app\":null,\"new\":\"x\"}},\"spec\":{\"size\":2}}'}").ShouldBeJson("""
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","labels":{"new":"x"}},"spec":{"storageClassName":"standard","size":2}}
            """);

    [Fact]
    public void Removing_what_is_not_there_changes_nothing()
        => Patched("{patchData: '{\"metadata\":{\"labels\":{\"missing\":null}},\"more\":{\"none\":null}}'}")["metadata"]!["labels"].ShouldBeJson("""{"app":"shop"}""");

    [Fact]
    public void A_list_is_replaced_as_a_whole()
    {
        var (item, _) = Modification.Apply(
            Modification.Rules(Modification.Rule("groupResource: deployments.apps", "mergePatches: [{patchData: '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"other\"}]}}}}'}]")),
            "deployments.apps", Modification.Deployment);

        item["spec"]!["template"]!["spec"].ShouldBeJson("""{"containers":[{"name":"other"}]}""");
    }

    [Fact]
    public void A_patch_may_be_written_in_YAML()
        => Modification.Changed(
            "groupResource: persistentvolumeclaims",
            "mergePatches:\n  - patchData: |\n      metadata:\n        labels:\n          tier: front\n          app: null\n      spec:\n        size: 0x10\n        on: yes\n        text: \"yes\"",
            "persistentvolumeclaims", Modification.Claim).ShouldBeJson("""
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","labels":{"tier":"front"}},"spec":{"storageClassName":"standard","size":16,"true":true,"text":"yes"}}
            """);

    [Fact]
    public void Several_patches_are_applied_one_after_the_other()
        => ((int)Patched("{patchData: '{\"spec\":{\"size\":2}}'}, {patchData: '{\"spec\":{\"size\":3}}'}")["spec"]!["size"]!).ShouldBe(3);

    [Fact]
    public void A_patch_that_takes_the_kind_away_is_an_error()
    {
        var (item, failures) = Modification.Apply(
            Modification.Rules(Modification.Rule("groupResource: persistentvolumeclaims", "mergePatches: [{patchData: '{\"kind\":null}'}]")),
            "persistentvolumeclaims", Modification.Claim);

        failures.ShouldHaveSingleItem().ShouldContain("kind");
        item.ShouldBeJson(Modification.Claim);
    }
}
