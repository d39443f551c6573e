using Aeos.Backup.Tests.Restores;
using Aeos.Embedded;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>How namespaces come back: Velero 1.18, pkg/restore/restore.go and pkg/util/kube/utils.go.</summary>
public class RestoredNamespacesTests
{
    private const string Shop = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{"team":"a"},"annotations":{"note":"kept"}},"spec":{"finalizers":["kubernetes"]}}""";
    private const string Empty = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"empty"}}""";

    [Fact]
    public async Task A_namespace_has_the_backups_labels_and_annotations_and_not_the_restores()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, City());

        var metadata = bench.Cluster.Find("v1", "Namespace", null, "shop")!["metadata"]!;
        ((string?)metadata["labels"]!["team"]).ShouldBe("a");
        ((string?)metadata["annotations"]!["note"]).ShouldBe("kept");
        metadata["labels"]!["velero.io/restore-name"].ShouldBeNull();
        restore.Of("v1/Namespace").ShouldBe(["empty(created)", "shop(created)"]);
    }

    [Fact]
    public async Task A_namespace_that_the_archive_lacks_is_made_blank()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", ConfigMap("shop")));

        restore.Phase.ShouldBe("Completed");
        bench.Cluster.Find("v1", "Namespace", null, "shop")!["metadata"]!["annotations"].ShouldBeNull();
        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_namespace_that_exists_is_not_changed()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{"team":"b"}}}""");

        var restore = await RestoreView.RunAsync(bench, City(), new RestoreSpec { ExistingResourcePolicy = "update" });

        ((string?)bench.Cluster.Find("v1", "Namespace", null, "shop")!["metadata"]!["labels"]!["team"]).ShouldBe("b");
        restore.Of("v1/Namespace").ShouldBe(["empty(created)"]);
        restore.Count("warnings").ShouldBe(0);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "shop", false)]
    [InlineData(true, "shop", true)]
    [InlineData(false, null, false)]
    public async Task Namespaces_are_objects_without_namespace_and_made_where_something_goes(bool? include, string? ns, bool madeEmpty)
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, City(), new RestoreSpec { IncludeClusterResources = include, IncludedNamespaces = ns is null ? null : [ns] });

        (bench.Cluster.Find("v1", "Namespace", null, "empty") is not null).ShouldBe(madeEmpty);
        bench.Cluster.Find("v1", "Namespace", null, "shop").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_namespace_that_cannot_be_made_is_an_error_of_the_restore_itself()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.BeforeRequest = static request =>
            request.Method == "POST" && request.Path == "/api/v1/namespaces" ? Fault.Answer(403, "Forbidden", "no new namespaces") : null;

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", ConfigMap("shop")));

        restore.Phase.ShouldBe("PartiallyFailed");
        restore.Messages("errors", "velero").ShouldNotBeEmpty();
        restore.Messages("errors", "velero")[0].ShouldContain("shop");
        restore.Messages("errors", "shop").ShouldBeEmpty();
    }

    private static VeleroArchive City() => new VeleroArchive().AddItem("configmaps", ConfigMap("shop")).AddItem("namespaces", Shop).AddItem("namespaces", Empty);

    private static string ConfigMap(string ns) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{ns}}}"}}""";
}
