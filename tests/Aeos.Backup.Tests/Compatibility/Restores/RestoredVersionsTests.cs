using Aeos.Backup.Tests.Restores;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>In which version a type comes back: Velero 1.18, pkg/restore/prioritize_group_version.go. The embedded cluster prefers autoscaling/v2 and serves v1.</summary>
public class RestoredVersionsTests
{
    private const string Type = "horizontalpodautoscalers.autoscaling";

    [Theory]
    [InlineData(false, "1.1.0", "v1-preferredversion v2", "", "v1")]
    [InlineData(true, "1.1.0", "v1-preferredversion v2", "", "v2")]
    [InlineData(true, "1.1.0", "v1 v2-preferredversion", Type + "=v3,v1", "v1")]
    [InlineData(true, "1.1.0", "v1 v2-preferredversion", Type + "=v3", "v2")]
    [InlineData(true, "1.1.0", "v1-preferredversion", "", "v1")]
    [InlineData(true, "1.1.0", "v3-preferredversion v1", "", "v1")]
    [InlineData(true, "1", "v1-preferredversion v2", "", "v1")]
    public async Task The_version_is_chosen_as_Velero_does(bool enabled, string format, string versions, string wishes, string chosen)
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        bench.Cluster.Seed(
            $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"enableapigroupversions","namespace":"velero"},"data":{"restoreResourcesVersionPriority":"{{{wishes}}}"}}""");
        await bench.PutBackupAsync(Archive(format, versions.Split(' ')).ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { EnableApiGroupVersions = enabled });

        document.Status.Phase.ShouldBe("Completed", $"{outcome}");
        ((string?)bench.Cluster.Find("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "web")!["metadata"]!["annotations"]!["was"]).ShouldBe(chosen);
        bench.Writes.ShouldContain(write => write.StartsWith($"POST /apis/autoscaling/{chosen}/", StringComparison.Ordinal));
    }

    private static VeleroArchive Archive(string format, string[] versions)
    {
        var archive = new VeleroArchive(hasPreferredVersions: false).Add("metadata/version", $"{format}\n");
        foreach (var folder in versions)
        {
            var version = folder.Split('-')[0];
            var item = $$$$"""
                {"apiVersion":"autoscaling/{{{{version}}}}","kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"shop","annotations":{"was":"{{{{version}}}}"}},
                 "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}
                """;
            archive.Add($"resources/{Type}/{folder}/namespaces/shop/web.json", item);
            if (folder != version)
            {
                archive.Add($"resources/{Type}/namespaces/shop/web.json", item);
            }
        }

        return archive;
    }
}
