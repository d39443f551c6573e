using Aeos.Backup.Backups;
using Aeos.Cluster.Tests.Running;
using Aeos.Embedded;

namespace Aeos.Cluster.Tests.ApiFaults;

/// <summary>A server that answers as servers do on bad days: what it gives in the end is in the backup once, and what it never gives is told.</summary>
public sealed class BackupApiFaultTests : IAsyncLifetime
{
    private const int Settings = 35;

    private ClusterRoom _room = null!;
    private Bucket _bucket = null!;
    private string _shop = "";

    public async Task InitializeAsync()
    {
        _room = await ClusterRoom.OpenEmbeddedAsync(pageSize: 10);
        _bucket = await Bucket.CreateAsync(_room);
        _shop = await _room.CreateNamespaceAsync("shop");
        await _room.DefineAsync("widgets", "Widget");
        await _room.CreateAsync($$$"""{"apiVersion":"{{{_room.Group}}}/v1","kind":"Widget","metadata":{"name":"gear","namespace":"{{{_shop}}}"}}""");
        for (var number = 0; number < Settings; number++)
        {
            await _room.CreateConfigMapAsync(_shop, $"c{number:00}");
        }
    }

    public async Task DisposeAsync()
    {
        await _bucket.DisposeAsync();
        await _room.DisposeAsync();
    }

    [Fact]
    public async Task A_conversion_webhook_that_is_away_leaves_its_type_out_and_is_told()
    {
        Answer("/widgets", _ => Fault.Answer(500, "InternalError", "conversion webhook for example.org/v1, Kind=Widget failed: connect: connection refused"));

        var (phase, errors) = await BackUpAsync();

        phase.ShouldBe("PartiallyFailed");
        errors.ShouldHaveSingleItem().ShouldContain("conversion webhook for example.org/v1, Kind=Widget failed");
        errors[0].ShouldContain("widgets");
        Names("widgets").ShouldBeEmpty();
        Names("configmaps").Count.ShouldBe(Settings);
    }

    [Fact]
    public async Task A_server_that_is_too_busy_for_a_while_is_waited_for()
    {
        Answer("/configmaps", static count => count % 3 == 0 ? null : Fault.TooManyRequests(0));

        var (phase, errors) = await BackUpAsync();

        errors.ShouldBeEmpty();
        phase.ShouldBe("Completed");
        Names("configmaps").Count.ShouldBe(Settings);
    }

    [Fact]
    public async Task A_server_that_is_always_too_busy_for_a_type_is_given_up_on_and_told()
    {
        var asked = 0;
        Answer("/configmaps", count =>
        {
            asked = count;
            return Fault.TooManyRequests(0);
        });

        var (phase, errors) = await BackUpAsync();

        phase.ShouldBe("PartiallyFailed");
        errors.ShouldHaveSingleItem().ShouldContain("429");
        asked.ShouldBe(11);
        Names("widgets").ShouldBe(["gear"]);
    }

    [Fact]
    public async Task A_list_whose_pages_always_expire_comes_whole_and_each_object_once()
    {
        _room.Embedded.BeforeRequest = static request =>
            request.Path.EndsWith("/configmaps", StringComparison.Ordinal) && request.Query.Contains("continue", StringComparison.Ordinal)
                ? Fault.Answer(410, "Expired", "The provided continue parameter is too old.") : null;

        var (phase, errors) = await BackUpAsync();

        errors.ShouldBeEmpty();
        phase.ShouldBe("Completed");
        Names("configmaps").Count.ShouldBe(Settings);
    }

    [Fact]
    public async Task Answers_that_break_off_half_way_are_asked_for_again_and_each_object_is_there_once()
    {
        Answer("/configmaps", static count => count % 2 == 0 ? null : Fault.Cut(count * 100));

        var (phase, errors) = await BackUpAsync();

        errors.ShouldBeEmpty();
        phase.ShouldBe("Completed");
        Names("configmaps").Count.ShouldBe(Settings);
    }

    // Requests for a type's list in the shop, counted from 1.
    private void Answer(string path, Func<int, Fault?> fault)
    {
        var count = 0;
        _room.Embedded.BeforeRequest = request => request.Path.EndsWith(path, StringComparison.Ordinal) ? fault(Interlocked.Increment(ref count)) : null;
    }

    private async Task<(string? Phase, IReadOnlyList<string> Errors)> BackUpAsync()
    {
        var request = new BackupRequest { Name = "nightly", Spec = new() { IncludedNamespaces = [_shop] } };
        var outcome = await new BackupEngine(_room.Client, _bucket.Store, null, TimeProvider.System).RunAsync(request, null, default);
        return (outcome.Document.Status.Phase, Bucket.Messages(outcome.Results.Errors));
    }

    // Without what the cluster itself puts into each namespace. A name twice would fail.
    private List<string> Names(string type) =>
        [.. _bucket.Items("nightly").Keys.Where(key => key.Split('.', '/')[0] == type).Select(static key => key.Split('/')[^1]).Where(static name => name != "kube-root-ca.crt")];
}
