using Aeos.Backup.Backups;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Errors;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>Backups that do not come to their end, and lists that come to it on a detour.</summary>
public class InterruptedBackupTests
{
    private static readonly BackupKeys Keys = new("b1");

    [Fact]
    public async Task Cancelled_in_the_middle_of_the_archive_it_leaves_nothing_in_the_bucket()
    {
        await using var fixture = await StartAsync(200);
        await using var location = await fixture.OpenAsync();
        using var stop = new CancellationTokenSource();
        var progress = new Steps(step =>
        {
            if (step.Items == 100)
            {
                stop.Cancel();
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() => new BackupEngine(fixture.Client, location.Store, null, TimeProvider.System).RunAsync(Request, progress, stop.Token));

        fixture.StoredKeys().ShouldBeEmpty();
    }

    public static TheoryData<string> AllKeys => [Keys.Archive, Keys.Document, Keys.Logs, Keys.Results, Keys.ResourceList, Keys.ItemOperations, Keys.PodVolumeBackups, Keys.VolumeSnapshots, Keys.VolumeInfo];

    [Theory]
    [MemberData(nameof(AllKeys))]
    public async Task A_store_that_fails_at_a_commit_leaves_nothing_in_the_bucket_even_when_only_its_answer_was_lost(string key)
    {
        await using var fixture = await StartAsync(3);
        await using var location = await fixture.OpenAsync();
        foreach (var commitsFirst in (bool[])[false, true])
        {
            var store = new FailingStore(location.Store, one => one == key, commitsFirst);
            await Should.ThrowAsync<ObjectStoreException>(() => new BackupEngine(fixture.Client, store, null, TimeProvider.System).RunAsync(Request, null, default));
            fixture.StoredKeys().ShouldBeEmpty($"answer lost: {commitsFirst}");
        }
    }

    [Fact]
    public async Task A_cluster_that_is_gone_in_the_middle_of_a_list_leaves_nothing_in_the_bucket()
    {
        await using var fixture = await StartAsync(50);
        using var client = new KubernetesClient(ClusterConnection.ForServer(fixture.Cluster.Address), new KubernetesClientOptions { Qps = 0, PageSize = 10, MaxRetries = 1, MaxRetryDelay = TimeSpan.FromMilliseconds(1) });
        await using var location = await fixture.OpenAsync();
        var isGone = false;
        fixture.Cluster.BeforeRequest = request =>
        {
            isGone |= request.Path.EndsWith("/secrets", StringComparison.Ordinal) && request.Query.Contains("continue", StringComparison.Ordinal);
            return isGone ? Fault.Cut(0) : null;
        };

        await Should.ThrowAsync<KubernetesException>(() => new BackupEngine(client, location.Store, null, TimeProvider.System).RunAsync(Request, null, default));

        isGone.ShouldBeTrue();
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_list_that_breaks_off_again_and_again_is_an_error_and_the_rest_is_there()
    {
        await using var fixture = await StartAsync(5);
        using var client = new KubernetesClient(ClusterConnection.ForServer(fixture.Cluster.Address), new KubernetesClientOptions { Qps = 0, MaxRetries = 1, MaxRetryDelay = TimeSpan.FromMilliseconds(1) });
        await using var location = await fixture.OpenAsync();
        fixture.Cluster.BeforeRequest = request => request.Path.EndsWith("/configmaps", StringComparison.Ordinal) ? Fault.Cut(20) : null;

        var outcome = await new BackupEngine(client, location.Store, null, TimeProvider.System).RunAsync(Request, null, default);

        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("configmaps");
        fixture.StoredItems("b1").ShouldContain("secrets/shop/s0000");
    }

    [Fact]
    public async Task A_namespace_whose_list_is_refused_is_an_error_and_the_others_are_there()
    {
        await using var fixture = await StartAsync(2);
        fixture.SeedNamespace("office");
        fixture.SeedSecret("office", "o", "k", "v"u8.ToArray());
        fixture.Cluster.BeforeRequest = request => request.Path == "/api/v1/namespaces/office/secrets" ? Fault.Answer(403, "Forbidden", "no") : null;

        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["office", "shop"], IncludedResources = ["secrets"] } });

        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("office");
        fixture.StoredItems("b1").ShouldBe(["secrets/shop/s0000", "secrets/shop/s0001"]);
    }

    [Fact]
    public async Task Namespaces_that_cannot_be_listed_in_the_end_are_an_error_and_the_rest_is_there()
    {
        await using var fixture = await StartAsync(2);
        var asked = 0;
        fixture.Cluster.BeforeRequest = request =>
            request.Path == "/api/v1/namespaces" && Interlocked.Increment(ref asked) > 1 ? Fault.Answer(403, "Forbidden", "no") : null;

        var outcome = await fixture.BackUpAsync(Request);

        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("namespaces");
        fixture.StoredItems("b1").ShouldContain("secrets/shop/s0000");
    }

    [Fact]
    public async Task A_list_that_expires_loses_nothing_and_brings_nothing_twice()
    {
        await using var fixture = await StartAsync(95, pageSize: 10);
        var expired = 0;
        fixture.Cluster.BeforeRequest = request =>
        {
            if (request.Path.EndsWith("/secrets", StringComparison.Ordinal) && request.Query.Contains("continue", StringComparison.Ordinal) && Interlocked.Increment(ref expired) is 3 or 4)
            {
                return Fault.Answer(410, "Expired", "The provided continue parameter is too old.");
            }

            return null;
        };

        var outcome = await fixture.BackUpAsync(Request);

        expired.ShouldBeGreaterThan(3);
        outcome.Results.Errors.Count.ShouldBe(0);
        fixture.StoredItems("b1").Where(item => item.StartsWith("secrets/shop/", StringComparison.Ordinal))
            .ShouldBe(Enumerable.Range(0, 95).Select(i => $"secrets/shop/s{i:0000}"));
    }

    [Fact]
    public async Task A_namespace_that_appears_meanwhile_is_in_a_backup_of_all()
    {
        await using var fixture = await StartAsync(3);
        var isThere = 0;
        fixture.Cluster.BeforeRequest = request =>
        {
            if (request.Path == "/api/v1/pods" && Interlocked.Exchange(ref isThere, 1) == 0)
            {
                fixture.SeedNamespace("late");
                fixture.Seed("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","namespace":"late"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
            }

            return null;
        };

        await fixture.BackUpAsync(Request);

        isThere.ShouldBe(1);
        fixture.StoredItems("b1").ShouldContain("namespaces/late");
        fixture.StoredItems("b1").ShouldContain("deployments.apps/late/d");
    }

    [Fact]
    public async Task Names_that_only_some_paths_hold_are_in_the_archive_as_they_are()
    {
        await using var fixture = await StartAsync(0);
        fixture.Seed("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"system:a:b"},"rules":[]}""");
        fixture.Seed($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"{{new string('r', 250)}}"},"rules":[]}""");
        var outcome = await fixture.BackUpAsync(Request);
        outcome.Results.Errors.Count.ShouldBe(0);
        fixture.StoredItems("b1").ShouldContain("clusterroles.rbac.authorization.k8s.io/system:a:b");
        fixture.StoredItems("b1").ShouldContain($"clusterroles.rbac.authorization.k8s.io/{new string('r', 250)}");
    }

    private static BackupRequest Request => new() { Name = "b1" };

    private static async Task<BackupFixture> StartAsync(int secrets, int pageSize = 500)
    {
        var fixture = await BackupFixture.StartAsync(pageSize);
        fixture.SeedNamespace("shop");
        for (var i = 0; i < secrets; i++)
        {
            fixture.SeedSecret("shop", $"s{i:0000}", "k", "v"u8.ToArray());
        }

        return fixture;
    }

    // Progress<T> would report on another thread, and later.
    private sealed class Steps(Action<BackupStep> report) : IProgress<BackupStep>
    {
        public void Report(BackupStep value) => report(value);
    }
}
