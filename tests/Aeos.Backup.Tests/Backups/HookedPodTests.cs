using Aeos.Backup.Backups;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>What is taken while a pod is held by its hooks.</summary>
public class HookedPodTests
{
    private readonly List<string> _events = [];

    [Fact]
    public async Task A_pods_claims_and_volumes_are_taken_between_its_hooks()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", "data");

        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });

        _events.ShouldBe(["db freeze", "persistentvolumeclaims/data", "persistentvolumes/pv-1", "db thaw"]);
        fixture.StoredItems("b1").ShouldBeUnique();
        fixture.StoredItems("b1").ShouldContain("persistentvolumes/pv-1");
    }

    [Fact]
    public async Task Pods_that_are_ordered_are_held_together()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "a", "none");
        SeedPod(fixture, "b", "none");
        SeedPod(fixture, "c", "none");

        await fixture.BackUpAsync(new BackupRequest
        {
            Name = "b1",
            Spec = new BackupSpec { IncludedNamespaces = ["shop"], IncludedResources = ["pods"], OrderedResources = new Dictionary<string, string> { ["pods"] = "shop/c,shop/a" } },
        });

        _events.Where(one => one.Contains(' ')).ShouldBe(["c freeze", "a freeze", "c thaw", "a thaw", "b freeze", "b thaw"]);
        fixture.StoredItems("b1").Where(item => item.StartsWith("pods/", StringComparison.Ordinal)).ShouldBe(["pods/shop/c", "pods/shop/a", "pods/shop/b"]);
    }

    private static void SeedPod(BackupFixture fixture, string name, string claim) => fixture.Seed($$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"shop",
         "annotations":{"pre.hook.backup.velero.io/command":"freeze","post.hook.backup.velero.io/command":"thaw"} },
         "spec":{"containers":[{"name":"main","image":"i"}],"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"{{{claim}}}"} }] } }
        """);

    private async Task<BackupFixture> StartAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}""",
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},"spec":{"volumeName":"pv-1","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""");
        await fixture.Cluster.SettleAsync();
        fixture.Cluster.Exec = (call, _) =>
        {
            _events.Add($"{call.Pod} {call.Command[0]}");
            return Task.FromResult(0);
        };
        fixture.Cluster.BeforeRequest = request =>
        {
            if (request.Path.Split('/') is [.., "persistentvolumeclaims" or "persistentvolumes", "data" or "pv-1"] parts)
            {
                _events.Add($"{parts[^2]}/{parts[^1]}");
            }

            return null;
        };
        return fixture;
    }
}
