using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

public sealed class ScheduleTests : ClusterRoom
{
    private ResourceClient<ScheduleDocument> Schedules => Bench.Of(VeleroTypes.Schedules);

    [Fact]
    public async Task A_schedule_is_made_with_its_template_and_shown_in_Veleros_form()
    {
        (await AeosAsync(
            "schedule", "create", "nightly", "--schedule", "0 1 * * *", "--include-namespaces", "shop", "--ttl", "720h", "--selector", "app=shop", "--skip-immediately=false",
            "--encryption-secret", "shop-key", "--labels", "team=a")).ShouldBeDone().Text.ShouldBe("Schedule nightly created.\n");
        var made = (await Schedules.TryGetAsync("nightly", default))!;
        (made.Spec.Schedule, made.Spec.UseOwnerReferencesInBackup, made.Spec.Paused, made.Spec.SkipImmediately).ShouldBe(("0 1 * * *", false, null, false));
        made.Spec.Template.IncludedNamespaces.ShouldBe(["shop"]);
        made.Spec.Template.Encryption!.SecretName.ShouldBe("shop-key");
        made.Metadata.Annotations!["aeos.io/template-encryption"].ShouldBe("""{"secretName":"shop-key"}""");

        var lines = (await AeosAsync("schedule", "get")).ShouldBeDone().Text.Split('\n');
        lines[0].Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["NAME", "STATUS", "CREATED", "SCHEDULE", "BACKUP TTL", "LAST BACKUP", "SELECTOR", "PAUSED"]);
        lines[1].ShouldMatch(@"^nightly +New +[0-9-]{10} .* 0 1 \* \* \* +720h0m0s +n/a +app=shop +false$");
        var described = (await AeosAsync("schedule", "describe", "nightly")).ShouldBeDone().Text;
        described.ShouldContain("Schedule:  0 1 * * *\n");
        described.ShouldContain("Backup Template:\n  Namespaces:\n    Included:  shop\n");
        described.ShouldMatch("  Encryption:\n    Enabled: +auto\n    Secret: +shop-key\n");
        described.ShouldEndWith("Last Backup:  <never>\n");
        (await AeosAsync("schedule", "get", "nightly", "-o", "json")).ShouldBeDone().Text.ShouldContain("\"kind\": \"Schedule\"");
    }

    [Fact]
    public async Task Schedules_pause_and_go_on()
    {
        (await AeosAsync("schedule", "create", "nightly", "--schedule", "@every 1h")).ShouldBeDone();
        (await AeosAsync("schedule", "create", "weekly", "--schedule", "@every 168h", "--paused")).ShouldBeDone();
        (await AeosAsync("schedule", "pause", "--all")).ShouldBeDone().Text.ShouldBe("Schedule nightly paused.\nSchedule weekly was paused before.\n");
        (await AeosAsync("schedule", "unpause", "nightly", "--skip-immediately")).ShouldBeDone().Text.ShouldBe("Schedule nightly unpaused.\n");
        var changed = (await Schedules.TryGetAsync("nightly", default))!;
        (changed.Spec.Paused, changed.Spec.SkipImmediately).ShouldBe((false, true));
        (await Schedules.TryGetAsync("weekly", default))!.Spec.Paused.ShouldBe(true);
        (await AeosAsync("schedule", "pause")).ShouldBeWrongUsage("which schedules are meant");
    }

    [Fact]
    public async Task A_schedule_is_only_shown_or_deleted_when_that_is_confirmed()
    {
        (await AeosAsync("schedule", "create", "nightly", "--schedule", "@every 1h", "-o", "yaml")).ShouldBeDone().Text.ShouldContain("@every 1h");
        (await Schedules.TryGetAsync("nightly", default)).ShouldBeNull();
        (await AeosAsync("schedule", "create", "nightly")).ShouldBeWrongUsage("--schedule");
        (await AeosAsync("schedule", "create", "nightly", "--schedule", "@every 1h")).ShouldBeDone();
        (await AeosAsync("schedule", "delete", "nightly")).ShouldBeWrongUsage("--confirm");
        (await AeosAsync("schedule", "delete", "nightly", "--confirm")).ShouldBeDone().Text.ShouldBe("Schedule nightly deleted.\n");
        (await AeosAsync("schedule", "describe", "nightly")).ShouldBeRefused("no schedule \"nightly\"");
    }
}
