using System.Security.Cryptography;
using System.Text;
using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>What an object loses and gets before it is created: Velero 1.18, pkg/restore/restore.go.</summary>
public class RestoredMetadataTests
{
    private const string Settings = """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","generateName":"set-","selfLink":"/x","uid":"old","resourceVersion":"77",
         "generation":9,"creationTimestamp":"2020-01-01T00:00:00Z","deletionGracePeriodSeconds":30,"finalizers":["example.com/keep"],
         "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"u"}],"labels":{"app":"shop"},"annotations":{"note":"kept"}},
         "data":{"a":"b"},"status":{"phase":"odd"}}
        """;

    [Fact]
    public async Task What_the_old_cluster_said_of_an_object_goes()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Settings));

        restore.Phase.ShouldBe("Completed");
        var item = bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!;
        var metadata = item["metadata"]!.AsObject();
        foreach (var gone in (string[])["generateName", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences", "generation"])
        {
            metadata.ContainsKey(gone).ShouldBeFalse(gone);
        }

        ((string?)metadata["uid"]).ShouldNotBe("old");
        ((string?)metadata["resourceVersion"]).ShouldNotBe("77");
        ((string?)metadata["creationTimestamp"]).ShouldNotBe("2020-01-01T00:00:00Z");
        item["status"].ShouldBeNull();
    }

    [Fact]
    public async Task Finalizers_labels_annotations_and_content_stay()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Settings));

        var item = bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!;
        item["metadata"]!["finalizers"]!.ToJsonString().ShouldBe("""["example.com/keep"]""");
        ((string?)item["metadata"]!["labels"]!["app"]).ShouldBe("shop");
        ((string?)item["metadata"]!["annotations"]!["note"]).ShouldBe("kept");
        ((string?)item["data"]!["a"]).ShouldBe("b");
    }

    [Fact]
    public async Task A_long_name_is_cut_for_its_label_and_ends_in_its_digest()
    {
        await using var bench = await RestoreBench.StartAsync();
        var name = string.Concat(Enumerable.Repeat("restore-of-the-shop-", 4)) + "x";

        await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Settings), name: name);

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe(name[..57] + digest[..6]);
    }

    [Fact]
    public async Task An_object_goes_into_the_namespace_that_its_own_is_mapped_to()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive().AddItem("configmaps", Settings),
            new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { ["shop"] = "copy" } });

        ((string?)bench.Cluster.Find("v1", "ConfigMap", "copy", "settings")!["metadata"]!["namespace"]).ShouldBe("copy");
        bench.Cluster.Find("v1", "Namespace", null, "shop").ShouldBeNull();
        restore.Of("v1/ConfigMap").ShouldBe(["copy/settings(created)"]);
    }
}
