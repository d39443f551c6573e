using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Server.Schedules;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Schedules;

/// <summary>What a Schedule says of encryption, and clients that do not know the field and write the Schedule without it.</summary>
public sealed class TemplateEncryptionTests : IAsyncLifetime
{
    private const string Annotation = "aeos.io/template-encryption";

    private static readonly BackupEncryptionSpec Wanted = new() { Enabled = true, SecretName = "shop-key" };

    private ControllerBench _bench = null!;
    private ScheduleController _controller = null!;

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _controller = new ScheduleController(_bench.Server);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task It_comes_back_when_a_client_pauses_the_schedule_without_it_and_an_event_says_so()
    {
        await CreateAsync(Wanted);
        var noted = await ReconcileAsync();
        noted.Metadata.Annotations![Annotation].ShouldBe("""{"enabled":true,"secretName":"shop-key"}""");
        (await EventsAsync()).ShouldBeEmpty();

        await PauseWithoutFieldAsync(noted, paused: true);
        var paused = await ReconcileAsync();
        paused.Spec.Paused.ShouldBe(true);
        paused.Spec.Template.Encryption.ShouldBe(Wanted);
        (await EventsAsync()).ShouldHaveSingleItem().ShouldContain("it was set again");

        await PauseWithoutFieldAsync(paused, paused: false);
        _bench.Time.Advance(TimeSpan.FromDays(1));
        await ReconcileAsync();
        (await BackupAsync()).Spec.Encryption.ShouldBe(Wanted);
    }

    [Fact]
    public void It_goes_with_the_schedules_annotations_into_a_backup_that_lacks_the_field()
    {
        var stale = new ScheduleDocument
        {
            Metadata = new DocumentMetadata { Name = "nightly", Annotations = new Dictionary<string, string> { [Annotation] = Wanted.ToJson() } },
        };

        // What the official client makes of a Schedule, and what a server makes of one that it read just when a client dropped the field.
        var backup = ScheduledBackup.Of(stale, _bench.Time.GetUtcNow());

        backup.Spec.Encryption.ShouldBeNull();
        TemplateEncryption.Of(backup.Spec.Encryption, backup.Metadata).ShouldBe(Wanted);
    }

    [Fact]
    public async Task A_change_of_the_field_is_followed()
    {
        await CreateAsync(Wanted);
        var noted = await ReconcileAsync();
        await _bench.Server.Schedules.PatchAsync(noted, With(noted, new BackupEncryptionSpec { SecretName = "other-key" }), default);

        var changed = await ReconcileAsync();

        changed.Metadata.Annotations![Annotation].ShouldBe("""{"secretName":"other-key"}""");
        changed.Spec.Template.Encryption!.SecretName.ShouldBe("other-key");
        changed.Spec.Template.Encryption.Enabled.ShouldBeNull();
    }

    [Fact]
    public async Task It_is_switched_off_by_saying_so()
    {
        await CreateAsync(Wanted);
        var noted = await ReconcileAsync();
        await _bench.Server.Schedules.PatchAsync(noted, With(noted, new BackupEncryptionSpec { Enabled = false }), default);

        var off = await ReconcileAsync();

        (off.Metadata.Annotations?.ContainsKey(Annotation) ?? false).ShouldBeFalse();
        off.Spec.Template.Encryption!.Enabled.ShouldBe(false);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_switched_off_by_removing_field_and_annotation()
    {
        await CreateAsync(Wanted);
        var noted = await ReconcileAsync();
        await _bench.Server.Schedules.PatchAsync(noted, With(noted, null) with { Metadata = noted.Metadata with { Annotations = null } }, default);

        var off = await ReconcileAsync();

        off.Metadata.Annotations.ShouldBeNull();
        off.Spec.Template.Encryption.ShouldBeNull();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("yes")]
    public async Task No_backup_is_made_where_the_annotation_cannot_be_read_and_nothing_else_says_how(string annotation)
    {
        var schedule = Schedule(null);
        await _bench.Server.Schedules.CreateAsync(
            schedule with { Metadata = schedule.Metadata with { Annotations = new Dictionary<string, string> { [Annotation] = annotation } } }, default);
        _bench.Time.Advance(TimeSpan.FromDays(1));

        var refused = await ReconcileAsync();

        refused.Status.Phase.ShouldBe("FailedValidation");
        refused.Status.ValidationErrors!.Single().ShouldStartWith($"the annotation {Annotation} is not the JSON of an encryption");
        await foreach (var backup in _bench.Server.Backups.ListAsync(null, default))
        {
            backup.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_schedule_that_says_nothing_gets_no_annotation()
    {
        await CreateAsync(null);
        (await ReconcileAsync()).Metadata.Annotations.ShouldBeNull();
    }

    private static ScheduleDocument Schedule(BackupEncryptionSpec? encryption) => new()
    {
        Metadata = new DocumentMetadata { Name = "nightly" },
        Spec = new ScheduleSpec { Schedule = "@daily", Template = new BackupSpec { Encryption = encryption } },
        Status = new ScheduleStatus { LastBackup = "2026-01-01T00:00:00Z" },
    };

    private static ScheduleDocument With(ScheduleDocument schedule, BackupEncryptionSpec? encryption)
        => schedule with { Spec = schedule.Spec with { Template = schedule.Spec.Template with { Encryption = encryption } } };

    private Task<ScheduleDocument> CreateAsync(BackupEncryptionSpec? encryption) => _bench.Server.Schedules.CreateAsync(Schedule(encryption), default);

    private Task<ScheduleDocument> PauseWithoutFieldAsync(ScheduleDocument schedule, bool paused)
        => _bench.Server.Schedules.PatchAsync(schedule, With(schedule with { Spec = schedule.Spec with { Paused = paused } }, null), default);

    private async Task<ScheduleDocument> ReconcileAsync()
    {
        await _controller.ReconcileAsync("nightly", default);
        return (await _bench.Server.Schedules.TryGetAsync("nightly", default)).ShouldNotBeNull();
    }

    private async Task<BackupDocument> BackupAsync()
    {
        var backups = new List<BackupDocument>();
        await foreach (var backup in _bench.Server.Backups.ListAsync(null, default))
        {
            backups.Add(backup);
        }

        return backups.ShouldHaveSingleItem();
    }

    private async Task<List<string>> EventsAsync()
    {
        var type = new ApiResource { Group = "", Version = "v1", Name = "events", Kind = "Event", Namespaced = true, Verbs = ["list"] };
        var messages = new List<string>();
        await foreach (var item in _bench.Server.Cluster.List(type, new ListOptions { Namespace = ControllerBench.Namespace }))
        {
            messages.Add((string)item.ToTree()["message"]!);
        }

        return messages;
    }
}
