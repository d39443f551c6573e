using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>In which version a type comes back. Each cluster here prefers autoscaling/v2 and serves v1.</summary>
public class RestoreVersionRuleTests
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
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.ConfigureAsync("enableapigroupversions", wishes, key: "restoreResourcesVersionPriority");
        var archive = new ItemArchive(format);
        foreach (var folder in versions.Split(' '))
        {
            Add(archive, folder, shop);
            if (folder.EndsWith("-preferredversion", StringComparison.Ordinal))
            {
                Add(archive, "", shop, folder.Split('-')[0]);
            }
        }

        await room.PutAsync(archive);

        var (document, _) = await room.RestoreAsync(allVersions: enabled);

        document.Status.Phase.ShouldBe("Completed");
        $"{(await room.GetAsync("autoscaling/v2", "HorizontalPodAutoscaler", shop, "web")).At("metadata", "annotations", "was")}".ShouldBe(chosen);
        room.Fates($"autoscaling/{chosen}/HorizontalPodAutoscaler").ShouldBe([$"{shop}/web(created)"]);
    }

    private static void Add(ItemArchive archive, string folder, string shop, string? version = null)
    {
        version ??= folder.Split('-')[0];
        archive.AddVersion(
            Type, folder, $"autoscaling/{version}", "HorizontalPodAutoscaler", shop, "web",
            """ "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}""", $$""" "annotations":{"was":"{{version}}"}""");
    }
}
