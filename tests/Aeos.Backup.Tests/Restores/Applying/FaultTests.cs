using Aeos.Backup.Restores.Reporting;
using Aeos.Embedded;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>A server that answers as servers do on bad days: each restore ends, and says what happened.</summary>
public class FaultTests
{
    private static byte[] Archive { get; } = new VeleroArchive()
        .AddItem("configmaps", Manifests.ConfigMap("one"))
        .AddItem("configmaps", Manifests.ConfigMap("two"))
        .ToBytes();

    [Fact]
    public async Task A_busy_server_is_obeyed_and_the_object_is_made()
    {
        var (outcome, requests) = await RestoreAsync(static count => count <= 3 ? Fault.TooManyRequests(0) : null);

        outcome.ShouldBe(ItemAction.Created);
        requests.ShouldBe(5);
    }

    [Theory]
    [InlineData(429, "TooManyRequests", "please try again later")]
    [InlineData(500, "InternalError", "etcdserver: leader changed")]
    [InlineData(500, "InternalError", "conversion webhook for example.org/v1, Kind=Widget failed: connection refused")]
    [InlineData(503, "ServiceUnavailable", "apiserver not ready")]
    [InlineData(504, "Timeout", "request did not complete within the allowed duration")]
    public async Task A_trouble_that_passes_is_waited_out(int code, string reason, string message)
    {
        var (outcome, _) = await RestoreAsync(count => count <= 2 ? Fault.Answer(code, reason, message) : null, maxRetries: 0);

        outcome.ShouldBe(ItemAction.Created);
    }

    [Theory]
    [InlineData(429, "TooManyRequests", "please try again later")]
    [InlineData(500, "InternalError", "conversion webhook for example.org/v1, Kind=Widget failed: connection refused")]
    [InlineData(409, "Conflict", "the namespace is being finalized")]
    [InlineData(410, "Gone", "too old")]
    [InlineData(403, "Forbidden", "exceeded quota")]
    [InlineData(422, "Invalid", "data: Invalid value")]
    public async Task A_trouble_that_stays_is_an_error_that_says_what_the_server_said(int code, string reason, string message)
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: 0);
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        await bench.PutBackupAsync(Archive);
        bench.Fault = request => IsPost(request) ? Fault.Answer(code, reason, message) : null;

        var (document, restored) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("PartiallyFailed");
        restored.Errors.Namespaces["shop"].Count.ShouldBe(2);
        restored.Errors.Namespaces["shop"].ShouldAllBe(error => error.Contains(message, StringComparison.Ordinal) && error.StartsWith("error restoring configmaps/shop/", StringComparison.Ordinal));
        restored.Items.CountOf(ItemAction.Failed).ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task An_answer_that_breaks_off_does_not_make_an_object_look_foreign(int bytes)
    {
        var (outcome, requests) = await RestoreAsync(count => count == 1 ? Fault.Cut(bytes) : null);

        outcome.ShouldBe(ItemAction.Created);
        requests.ShouldBe(2);
    }

    [Fact]
    public async Task A_cluster_that_comes_back_is_restored_to_the_end_and_what_it_made_meanwhile_counts_as_made()
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: 0);
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        await bench.PutBackupAsync(Archive);
        var (isAway, answersLost) = (false, 0);
        bench.Fault = request =>
        {
            isAway |= IsPost(request);
            return isAway && Interlocked.Increment(ref answersLost) <= 7 ? Fault.Cut(0) : null;
        };

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { Workers = 1 });

        document.Status.Phase.ShouldBe("Completed");
        RestoreBench.Created(outcome).ShouldBe(["ConfigMap/one", "ConfigMap/two", "Namespace/shop"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    public async Task An_object_that_the_server_made_and_gave_up_on_counts_as_made(int code)
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: 0);
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes());
        bench.Fault = request =>
        {
            if (!IsPost(request))
            {
                return null;
            }

            bench.Cluster.Seed(Manifests.ConfigMap("one", labels: """{"velero.io/restore-name":"again","velero.io/backup-name":"nightly"}"""));
            return Fault.Answer(code, code == 504 ? "Timeout" : "InternalError", "request timed out");
        };

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Created);
    }

    [Fact]
    public async Task Discovery_that_fails_applies_nothing()
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: 0);
        await bench.PutBackupAsync(Archive);
        bench.Fault = static request => request.Path is "/api" or "/apis" ? Fault.Answer(500, "InternalError", "no") : null;

        await Should.ThrowAsync<Kubernetes.Errors.KubernetesException>(() => bench.RestoreAsync());

        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_type_whose_API_server_is_away_is_an_error_that_says_so_and_the_rest_is_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        bench.Cluster.BreakGroup("metrics.example.org", "v1");
        await bench.PutBackupAsync(new VeleroArchive()
            .AddItem("configmaps", Manifests.ConfigMap("one"))
            .AddItem("gauges.metrics.example.org", """{"apiVersion":"metrics.example.org/v1","kind":"Gauge","metadata":{"name":"g","namespace":"shop"}}""")
            .ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Errors.Namespaces["shop"].Single().ShouldContain("the server of metrics.example.org/v1 could not be asked");
        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_watch_that_ends_or_expires_while_a_definition_is_awaited_is_begun_again()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem(Manifests.Definitions, Manifests.Definition).AddItem("widgets.example.org", Manifests.Widget("one")).ToBytes());
        var hold = bench.Cluster.HoldDefinitions();
        var watches = 0;
        bench.Fault = request =>
        {
            if (!request.Path.EndsWith("customresourcedefinitions", StringComparison.Ordinal) || !request.Query.Contains("watch", StringComparison.Ordinal))
            {
                return null;
            }

            if (++watches == 3)
            {
                hold.Dispose();
            }

            return watches < 3 ? Fault.Answer(410, "Expired", "too old resource version") : null;
        };

        var (document, _) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("Completed");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(410)]
    [InlineData(0)]
    public async Task A_watch_that_never_works_while_a_definition_is_awaited_ends_in_bounded_time_with_a_result_that_says_so(int code)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem(Manifests.Definitions, Manifests.Definition).AddItem("widgets.example.org", Manifests.Widget("one")).ToBytes());
        using var hold = bench.Cluster.HoldDefinitions();
        var watches = 0;
        bench.Fault = request =>
        {
            if (!request.Query.Contains("watch", StringComparison.Ordinal))
            {
                return null;
            }

            Interlocked.Increment(ref watches);
            return code == 0 ? Fault.Cut(0) : Fault.Answer(code, code == 410 ? "Expired" : "InternalError", "RequestWatchProgress is disabled");
        };

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { ResourceTimeout = TimeSpan.FromSeconds(2), DependencyTimeout = TimeSpan.Zero });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Cluster.Single().ShouldContain("widgets.example.org");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("the cluster does not serve widgets in example.org/v1");
        watches.ShouldBeInRange(1, 3, "one a second at most");
    }

    private static bool IsPost(EmbeddedRequest request) => request.Method == "POST" && request.Path.EndsWith("/configmaps", StringComparison.Ordinal);

    // What became of the first object when the answers to the creation of either are these, and how many there were.
    private static async Task<(ItemAction? Outcome, int Requests)> RestoreAsync(Func<int, Fault?> fault, int maxRetries = 10)
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: maxRetries);
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        await bench.PutBackupAsync(Archive);
        var requests = 0;
        bench.Fault = request => IsPost(request) ? fault(Interlocked.Increment(ref requests)) : null;
        var (document, outcome) = await bench.RestoreAsync();
        document.Status.Phase.ShouldBe("Completed");
        return (outcome.Items.Find("v1", "ConfigMap", "shop", "one"), requests);
    }
}
