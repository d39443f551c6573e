using System.Globalization;
using Aeos.Embedded;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Schedules;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Schedules;

public sealed class ScheduleControllerTests : IAsyncLifetime
{
    // The clock of the tests.
    private const string Beginning = "2026-01-01T00:00:00Z";

    private ControllerBench _bench = null!;
    private ScheduleController _controller = null!;

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _controller = new ScheduleController(_bench.Server);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_backup_is_made_when_its_time_has_come_and_not_before()
    {
        await CreateAsync(Schedule("nightly", "0 2 * * *"));

        (await _controller.ReconcileAsync("nightly", default)).ShouldBe(TimeSpan.FromHours(2));
        (await GetAsync("nightly")).Status.Phase.ShouldBe("Enabled");
        (await BackupsAsync()).ShouldBeEmpty();

        _bench.Time.Advance(TimeSpan.FromHours(2));
        (await _controller.ReconcileAsync("nightly", default)).ShouldBe(TimeSpan.FromHours(24));
        (await BackupsAsync()).Single().Metadata.Name.ShouldBe("nightly-20260101020000");
        (await GetAsync("nightly")).Status.LastBackup.ShouldBe("2026-01-01T02:00:00Z");

        (await _controller.ReconcileAsync("nightly", default)).ShouldBe(TimeSpan.FromHours(24));
        (await BackupsAsync()).Count.ShouldBe(1);
        _bench.MetricLines().ShouldContain("velero_backup_attempt_total{schedule=\"nightly\"} 0");
    }

    [Fact]
    public async Task Times_that_passed_without_a_server_are_made_up_for_with_one_backup()
    {
        await CreateAsync(Schedule("hourly", "@hourly"));
        _bench.Time.Advance(TimeSpan.FromHours(30.5));

        (await _controller.ReconcileAsync("hourly", default)).ShouldBe(TimeSpan.FromMinutes(30));

        (await BackupsAsync()).Single().Metadata.Name.ShouldBe("hourly-20260102063000");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("New")]
    [InlineData("Queued")]
    [InlineData("ReadyToStart")]
    [InlineData("InProgress")]
    public async Task No_backup_is_made_while_one_of_the_schedule_is_not_done(string? phase)
    {
        await CreateAsync(Schedule("hourly", "@hourly"));
        var unfinished = await _bench.Server.Backups.CreateAsync(
            new BackupDocument
            {
                Metadata = new DocumentMetadata { Name = "hourly-1", Labels = new Dictionary<string, string> { ["velero.io/schedule-name"] = "hourly" } },
                Status = new BackupStatus { Phase = phase },
            },
            default);
        _bench.Time.Advance(TimeSpan.FromHours(1));

        (await _controller.ReconcileAsync("hourly", default)).ShouldBe(TimeSpan.FromMinutes(1));
        (await BackupsAsync()).Count.ShouldBe(1);

        await _bench.Server.Backups.PatchAsync(unfinished, unfinished with { Status = unfinished.Status with { Phase = BackupPhase.Failed } }, default);
        await _controller.ReconcileAsync("hourly", default);
        (await BackupsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_paused_schedule_makes_none_until_it_goes_on()
    {
        var schedule = Schedule("hourly", "@hourly");
        var paused = await CreateAsync(schedule with { Spec = schedule.Spec with { Paused = true } });
        _bench.Time.Advance(TimeSpan.FromHours(5));

        (await _controller.ReconcileAsync("hourly", default)).ShouldBeNull();
        (await BackupsAsync()).ShouldBeEmpty();

        await _bench.Server.Schedules.PatchAsync(paused, paused with { Spec = paused.Spec with { Paused = false } }, default);
        await _controller.ReconcileAsync("hourly", default);
        (await BackupsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_first_backup_that_is_due_is_skipped_once_where_it_is_asked_for()
    {
        var schedule = Schedule("hourly", "@hourly");
        await CreateAsync(schedule with { Spec = schedule.Spec with { SkipImmediately = true } });
        _bench.Time.Advance(TimeSpan.FromHours(5.5));

        (await _controller.ReconcileAsync("hourly", default)).ShouldBe(TimeSpan.FromMinutes(30));

        (await BackupsAsync()).ShouldBeEmpty();
        var skipped = await GetAsync("hourly");
        skipped.Spec.SkipImmediately.ShouldBe(false);
        skipped.Status.LastSkipped.ShouldBe("2026-01-01T05:30:00Z");
        _bench.Time.Advance(TimeSpan.FromMinutes(30));
        await _controller.ReconcileAsync("hourly", default);
        (await BackupsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_servers_setting_skips_where_the_schedule_says_nothing_and_for_each_schedule()
    {
        await using var bench = await ControllerBench.StartAsync(new ServerOptions { ScheduleSkipImmediately = true });
        var controller = new ScheduleController(bench.Server);
        foreach (var name in (string[])["first", "second"])
        {
            await bench.Server.Schedules.CreateAsync(Schedule(name, "@hourly"), default);
        }

        bench.Time.Advance(TimeSpan.FromHours(5));
        await controller.ReconcileAsync("first", default);
        await controller.ReconcileAsync("second", default);

        (await BackupsAsync(bench)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "Schedule must be a non-empty valid Cron expression")]
    [InlineData("61 * * * *", "invalid schedule: \"61\" is not possible: it is not within 0 to 59")]
    [InlineData("0 0 30 2 *", "invalid schedule: it does not come within five years")]
    [InlineData("CRON_TZ=Mars/Phobos @daily", "invalid schedule: the time zone \"Mars/Phobos\" is not known to this server")]
    public async Task What_is_no_schedule_is_FailedValidation_until_it_is_corrected(string expression, string expected)
    {
        var wrong = await CreateAsync(Schedule("wrong", expression));
        (await _controller.ReconcileAsync("wrong", default)).ShouldBeNull();

        var failed = await GetAsync("wrong");
        failed.Status.Phase.ShouldBe("FailedValidation");
        failed.Status.ValidationErrors!.Single().ShouldStartWith(expected);
        (await BackupsAsync()).ShouldBeEmpty();

        await _bench.Server.Schedules.PatchAsync(wrong, wrong with { Spec = wrong.Spec with { Schedule = "@daily" } }, default);
        await _controller.ReconcileAsync("wrong", default);
        var corrected = await GetAsync("wrong");
        corrected.Status.Phase.ShouldBe("Enabled");
        corrected.Status.ValidationErrors.ShouldBeNull();
    }

    [Fact]
    public async Task A_backup_has_the_schedules_template_labels_annotations_and_owner()
    {
        var schedule = Schedule("nightly", "@daily");
        schedule = await CreateAsync(schedule with
        {
            Metadata = schedule.Metadata with { Labels = Map("team", "shop"), Annotations = Map("why", "audit") },
            Spec = schedule.Spec with
            {
                UseOwnerReferencesInBackup = true,
                Template = new BackupSpec { IncludedNamespaces = ["shop"], Ttl = "24h0m0s", ResourcePolicy = new ResourceReference { Kind = "ConfigMap", Name = "policy" } },
            },
        });
        _bench.Time.Advance(TimeSpan.FromDays(1));
        await _controller.ReconcileAsync("nightly", default);

        var backup = (await BackupsAsync()).Single();
        backup.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["team"] = "shop", ["velero.io/schedule-name"] = "nightly" }, ignoreOrder: true);
        backup.Metadata.Annotations.ShouldBe(Map("why", "audit"));
        backup.Spec.IncludedNamespaces.ShouldBe(["shop"]);
        backup.Spec.Ttl.ShouldBe("24h0m0s");
        backup.Spec.ResourcePolicy!.Kind.ShouldBe("configmap");
        var owner = backup.Metadata.OwnerReferences!.Single();
        (owner.Kind, owner.Name, owner.Uid, owner.Controller).ShouldBe(("Schedule", "nightly", schedule.Metadata.Uid!, true));
    }

    [Fact]
    public async Task The_templates_labels_take_the_place_of_the_schedules()
    {
        var schedule = Schedule("nightly", "@daily");
        await CreateAsync(schedule with
        {
            Metadata = schedule.Metadata with { Labels = Map("team", "shop") },
            Spec = schedule.Spec with { Template = new BackupSpec { Metadata = new BackupSpecMetadata { Labels = Map("tier", "gold") } } },
        });
        _bench.Time.Advance(TimeSpan.FromDays(1));
        await _controller.ReconcileAsync("nightly", default);

        var backup = (await BackupsAsync()).Single();
        backup.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["tier"] = "gold", ["velero.io/schedule-name"] = "nightly" }, ignoreOrder: true);
        backup.Metadata.OwnerReferences.ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_a_label_is_cut_there()
    {
        var name = new string('s', 100);
        await CreateAsync(Schedule(name, "@daily"));
        _bench.Time.Advance(TimeSpan.FromDays(1));
        await _controller.ReconcileAsync(name, default);

        var backup = (await BackupsAsync()).Single();
        backup.Metadata.Name.ShouldStartWith(name);
        backup.Metadata.Labels!["velero.io/schedule-name"].Length.ShouldBe(63);
    }

    [Fact]
    public async Task A_schedule_that_goes_takes_its_metrics_with_it()
    {
        await CreateAsync(Schedule("gone", "@daily"));
        await _controller.ReconcileAsync("gone", default);
        await _bench.Server.Schedules.DeleteAsync("gone", default);
        await _controller.ReconcileAsync("gone", default);

        _bench.MetricLines().ShouldNotContain(line => line.Contains("gone"));
    }

    [Fact]
    public async Task Twenty_schedules_make_their_backups_of_an_hour_and_none_twice()
    {
        var due = new Dictionary<string, DateTimeOffset>();
        for (var minutes = 1; minutes <= 20; minutes++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"every-{minutes:d2}");
            await CreateAsync(Schedule(name, $"@every {minutes}m"));
            due[name] = _bench.Time.GetUtcNow();
        }

        var end = _bench.Time.GetUtcNow() + TimeSpan.FromHours(1);
        while (due.MinBy(static next => next.Value) is var (name, when) && when <= end)
        {
            _bench.Time.Advance(when - _bench.Time.GetUtcNow());
            due[name] = _bench.Time.GetUtcNow() + (await _controller.ReconcileAsync(name, default)).ShouldNotBeNull();
            foreach (var made in (await BackupsAsync()).Where(static backup => backup.Status.Phase is null))
            {
                await _bench.Server.Backups.PatchAsync(made, made with { Status = made.Status with { Phase = BackupPhase.Completed } }, default);
            }
        }

        var counts = (await BackupsAsync()).CountBy(static backup => backup.Metadata.Labels!["velero.io/schedule-name"]).OrderBy(static count => count.Key, StringComparer.Ordinal);
        counts.Select(static count => count.Value).ShouldBe(Enumerable.Range(1, 20).Select(static minutes => 60 / minutes));
    }

    [Theory]
    [InlineData("POST", "/backups")]
    [InlineData("PATCH", "/schedules/nightly")]
    public async Task A_backup_whose_making_was_not_answered_is_not_made_twice(string method, string path)
    {
        await CreateAsync(Schedule("nightly", "0 2 * * *"));
        await _controller.ReconcileAsync("nightly", default);
        _bench.Time.Advance(TimeSpan.FromHours(2));
        _bench.Cluster.BeforeRequest = request => request.Method == method && request.Path.EndsWith(path, StringComparison.Ordinal)
            ? method == "POST" ? Fault.Cut(0) : Fault.Answer(500, "InternalError", "a bad hour") : null;
        await Should.ThrowAsync<KubernetesException>(() => _controller.ReconcileAsync("nightly", default));
        _bench.Cluster.BeforeRequest = null;
        var made = (await BackupsAsync()).Single();
        await _bench.Server.Backups.PatchAsync(made, made with { Status = made.Status with { Phase = BackupPhase.Completed } }, default);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        (await _controller.ReconcileAsync("nightly", default)).ShouldBe(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));

        (await BackupsAsync()).Single().Metadata.Name.ShouldBe("nightly-20260101020000");
        (await GetAsync("nightly")).Status.LastBackup.ShouldBe("2026-01-01T02:00:00Z");
    }

    private static Dictionary<string, string> Map(string name, string value) => new() { [name] = value };

    // The cluster's own clock is the machine's: the schedule begins with a last backup.
    private static ScheduleDocument Schedule(string name, string expression) => new()
    {
        Metadata = new DocumentMetadata { Name = name },
        Spec = new ScheduleSpec { Schedule = expression },
        Status = new ScheduleStatus { LastBackup = Beginning },
    };

    private Task<ScheduleDocument> CreateAsync(ScheduleDocument schedule) => _bench.Server.Schedules.CreateAsync(schedule, default);

    private async Task<ScheduleDocument> GetAsync(string name) => (await _bench.Server.Schedules.TryGetAsync(name, default)).ShouldNotBeNull();

    private Task<List<BackupDocument>> BackupsAsync() => BackupsAsync(_bench);

    private static async Task<List<BackupDocument>> BackupsAsync(ControllerBench bench)
    {
        var backups = new List<BackupDocument>();
        await foreach (var backup in bench.Server.Backups.ListAsync(null, default))
        {
            backups.Add(backup);
        }

        return backups;
    }
}
