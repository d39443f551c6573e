namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class JobRuleTests
{
    private readonly Preparation _preparation = new();

    [Fact]
    public async Task A_completed_job_is_not_restored()
        => (await _preparation.OmissionAsync("jobs.batch", """{"metadata":{"name":"j"},"status":{"completionTime":"2026-01-01T00:00:00Z"}}""")).ShouldBe("it is completed");

    [Fact]
    public async Task A_job_that_failed_or_runs_is()
        => (await _preparation.OmissionAsync("jobs.batch", """{"metadata":{"name":"j"},"status":{"failed":3}}""")).ShouldBeNull();

    [Fact]
    public async Task The_labels_that_name_the_old_jobs_uid_go_and_the_labels_that_name_the_job_stay()
        => (await _preparation.ApplyAsync("jobs.batch", """
            {"kind":"Job","metadata":{"name":"j"},"spec":{
             "selector":{"matchLabels":{"controller-uid":"u","batch.kubernetes.io/controller-uid":"u","mine":"x"}},
             "template":{"metadata":{"labels":{"controller-uid":"u","batch.kubernetes.io/controller-uid":"u","job-name":"j","batch.kubernetes.io/job-name":"j"}}}}}
            """))["spec"]!.ToJsonString().ShouldBe(
                """{"selector":{"matchLabels":{"mine":"x"}},"template":{"metadata":{"labels":{"job-name":"j","batch.kubernetes.io/job-name":"j"}}}}""");

    [Fact]
    public async Task A_selector_that_is_left_without_labels_selects_nothing_but_what_the_server_adds()
        => (await _preparation.ApplyAsync("jobs.batch", """{"kind":"Job","metadata":{"name":"j"},"spec":{"selector":{"matchLabels":{"controller-uid":"u"}}}}"""))["spec"]!.ToJsonString()
            .ShouldBe("""{"selector":{}}""");

    [Fact]
    public async Task A_job_without_a_selector_is_left_without()
        => (await _preparation.ApplyAsync("jobs.batch", """{"kind":"Job","metadata":{"name":"j"},"spec":{"parallelism":2}}"""))["spec"]!.ToJsonString()
            .ShouldBe("""{"parallelism":2}""");
}
