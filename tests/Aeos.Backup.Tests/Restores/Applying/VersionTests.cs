using Aeos.Backup.Restores;
using Aeos.Backup.Restores.Reporting;
using Aeos.Backup.Restores.Selecting;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>In which API version a type is restored.</summary>
public class VersionTests
{
    private const string Type = "horizontalpodautoscalers.autoscaling";

    private static RestoreOptions WithVersions { get; } = RestoreBench.Options with { EnableApiGroupVersions = true };

    // Each case: what this cluster serves (its preferred first), what the backup has (its preferred first), what the user wants, what is chosen.
    [Theory]
    [InlineData("v2 v1", "v1 v2", "", "v2")]
    [InlineData("v2 v1", "v1 v2beta2", "", null)]
    [InlineData("v2 v1", "v2 v1", "v1", "v1")]
    [InlineData("v2 v1", "v2 v1", "v9,v1", "v1")]
    [InlineData("v2 v1", "v2 v1", "v9", null)]
    [InlineData("v3 v2 v1", "v2beta2 v2beta1 v1", "", "v1")]
    [InlineData("v3 v2beta1 v1alpha1", "v2beta2 v2beta1 v1alpha1", "", "v2beta1")]
    [InlineData("v3", "v2beta2", "", null)]
    [InlineData("", "v1", "", null)]
    public void The_users_wish_goes_first_then_what_this_cluster_prefers_then_what_the_other_did_then_what_both_know(
        string served, string inBackup, string wish, string? chosen)
    {
        var group = new ApiGroup("autoscaling", served.Split(' ')[0], [.. served.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static version => new ApiGroupVersion(version, []))]);
        var wishes = VersionWishes.Parse(wish.Length == 0 ? "" : $"\n # a remark\n{Type} = {wish}\n");

        VersionChoice.Of(Type, inBackup.Split(' ')[0], inBackup.Split(' '), new ApiCatalog([group], []), wishes).ShouldBe(chosen);
    }

    [Fact]
    public void Stable_versions_go_before_beta_before_alpha_and_other_names_last() =>
        "v1alpha1 foo10 v11beta2 v10 v3beta1 v12alpha1 v11alpha2 v2 foo1 v1 v10beta3".Split(' ').Order(KubeVersion.Order)
            .ShouldBe("v10 v2 v1 v11beta2 v10beta3 v3beta1 v12alpha1 v11alpha2 v1alpha1 foo1 foo10".Split(' '));

    [Theory]
    [InlineData(true, "v1")]
    [InlineData(false, null)]
    public async Task A_type_that_is_not_served_any_more_as_the_backup_prefers_it_is_restored_in_a_version_that_is_where_that_is_asked_for(bool isAsked, string? restoredFrom)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive("1.1.0").ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { EnableApiGroupVersions = isAsked });

        RestoredFrom(bench).ShouldBe(restoredFrom);
        document.Status.Phase.ShouldBe(isAsked ? "Completed" : "PartiallyFailed");
        if (!isAsked)
        {
            outcome.Errors.Namespaces["shop"].Single().ShouldContain("does not serve horizontalpodautoscalers in autoscaling/v2beta2, but in autoscaling/v2, autoscaling/v1");
            outcome.Items.Find("autoscaling/v2beta2", "HorizontalPodAutoscaler", "shop", "web").ShouldBe(ItemAction.Failed);
        }
    }

    [Fact]
    public async Task The_config_map_enableapigroupversions_chooses()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("velero"));
        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"enableapigroupversions","namespace":"velero"},"data":{"restoreResourcesVersionPriority":"{{{Type}}}=v1"}}""");
        await bench.PutBackupAsync(new VeleroArchive()
            .AddItem(Type, Manifests.Scaler("v2"))
            .Add($"resources/{Type}/v1/namespaces/shop/web.json", Manifests.Scaler("v1"))
            .ToBytes());

        await bench.RestoreAsync(WithVersions);

        RestoredFrom(bench).ShouldBe("v1");
    }

    [Fact]
    public async Task Archives_of_before_there_were_versions_are_restored_as_they_are()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive("1").ToBytes());

        var (document, _) = await bench.RestoreAsync(WithVersions);

        document.Status.Phase.ShouldBe("PartiallyFailed");
    }

    private static VeleroArchive Archive(string version) => new VeleroArchive()
        .Add("metadata/version", $"{version}\n")
        .AddItem(Type, Manifests.Scaler("v2beta2"))
        .Add($"resources/{Type}/v1/namespaces/shop/web.json", Manifests.Scaler("v1"));

    // The name of what it scales tells which of the archive's forms it came from.
    private static string? RestoredFrom(RestoreBench bench) =>
        (string?)bench.Cluster.Find("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "web")?["spec"]!["scaleTargetRef"]!["name"];
}
