
namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class MetadataRuleTests
{
    [Fact]
    public async Task What_the_old_cluster_said_of_an_object_is_gone_and_what_people_said_stays()
    {
        var item = await new Preparation().ApplyAsync("configmaps", """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","generateName":"set-","selfLink":"/x","uid":"u1",
             "resourceVersion":"7","generation":3,"creationTimestamp":"2026-01-01T00:00:00Z","deletionTimestamp":"2026-01-02T00:00:00Z",
             "deletionGracePeriodSeconds":30,"ownerReferences":[{"uid":"u2"}],"managedFields":[{"manager":"m"}],"finalizers":["example.org/hold"],
             "labels":{"app":"shop"},"annotations":{"note":"kept","kubectl.kubernetes.io/last-applied-configuration":"{}"}},
             "data":{"a":"b"},"status":{"ready":true}}
            """);

        item["metadata"]!.ToJsonString().ShouldBe(
            """{"name":"settings","namespace":"shop","finalizers":["example.org/hold"],"labels":{"app":"shop","velero.io/backup-name":"nightly","velero.io/restore-name":"again"},"annotations":{"note":"kept","kubectl.kubernetes.io/last-applied-configuration":"{}"}}""");
        item.ContainsKey("status").ShouldBeFalse();
        ((string?)item["data"]!["a"]).ShouldBe("b");
    }

    [Fact]
    public async Task An_object_gets_the_namespace_that_it_is_restored_into()
        => ((string?)(await new Preparation().ApplyAsync("configmaps", """{"metadata":{"name":"a","namespace":"shop"}}""", "copy"))["metadata"]!["namespace"])
            .ShouldBe("copy");

    [Fact]
    public async Task An_object_in_no_namespace_gets_none()
        => (await new Preparation().ApplyAsync("clusterroles.rbac.authorization.k8s.io", """{"metadata":{"name":"a"}}""", ""))["metadata"]!.AsObject()
            .ContainsKey("namespace").ShouldBeFalse();

    [Fact]
    public void A_name_of_63_characters_is_a_label_as_it_is() => LabelValue.Of(new string('a', 63)).ShouldBe(new string('a', 63));

    // printf 'a%.0s' {1..64} | sha256sum
    [Fact]
    public void A_longer_name_is_cut_and_ends_in_its_digest() => LabelValue.Of(new string('a', 64)).ShouldBe(new string('a', 57) + "ffe054");
}
