using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Restores;

public sealed class RestoreRecoveryTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new() { MetricsAddress = "", DownloadAddress = "", LeaderElection = false };

    private ServerBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await ServerBench.StartAsync();
        await _bench.AddLocationAsync();
        _bench.AddConfigMaps("shop", 3);
        var server = await _bench.ServeAsync(Plain);
        await _bench.BackUpAsync("nightly-1", "shop");
        await _bench.AskToRestoreAsync("done", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = new Dictionary<string, string> { ["shop"] = "shop-2" } });
        await _bench.EndOfRestoreAsync("done");
        await server.StopAsync();
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task What_was_in_progress_is_Failed_in_Veleros_words()
    {
        await LeaveAsync("left", RestorePhase.InProgress);

        await _bench.ServeAsync(Plain);

        var ended = await _bench.EndOfRestoreAsync("left");
        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason!.ShouldContain("found a restore with status \"InProgress\" during the server starting, mark it as \"Failed\"");
        ended.Status.CompletionTimestamp.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_was_finalizing_and_is_recorded_ends_as_its_record_has_it()
    {
        var done = (await _bench.Restores.TryGetAsync("done", default))!;
        await _bench.Restores.PatchAsync(done, done with { Status = done.Status with { Phase = RestorePhase.Finalizing, CompletionTimestamp = null } }, default);

        await _bench.ServeAsync(Plain);

        var ended = await _bench.EndOfRestoreAsync("done");
        ended.Status.Phase.ShouldBe(RestorePhase.Completed);
        ended.Status.CompletionTimestamp.ShouldBe(done.Status.CompletionTimestamp);
    }

    [Fact]
    public async Task What_was_finalizing_and_is_not_recorded_is_PartiallyFailed_and_its_results_say_that_hooks_were_not_awaited()
    {
        await LeaveAsync("left", RestorePhase.FinalizingPartiallyFailed, errors: 2);

        await _bench.ServeAsync(Plain);

        var ended = await _bench.EndOfRestoreAsync("left");
        ended.Status.Phase.ShouldBe(RestorePhase.PartiallyFailed);
        ended.Status.Errors.ShouldBe(3);
        using var packed = new System.IO.Compression.GZipStream(
            File.OpenRead(Path.Combine(_bench.Bucket, "restores/left/restore-left-results.gz")), System.IO.Compression.CompressionMode.Decompress);
        (await new StreamReader(packed).ReadToEndAsync()).ShouldContain("hooks in pods were not awaited");
    }

    [Fact]
    public async Task What_was_finalizing_ends_though_its_location_is_gone()
    {
        await LeaveAsync("left", RestorePhase.Finalizing);
        await _bench.Locations.DeleteAsync("default", default);

        await _bench.ServeAsync(Plain);

        var ended = await _bench.EndOfRestoreAsync("left");
        ended.Status.Phase.ShouldBe(RestorePhase.PartiallyFailed);
        ended.Status.FailureReason!.ShouldContain("hooks in pods were not awaited");
    }

    private async Task LeaveAsync(string name, string phase, int? errors = null)
    {
        var left = await _bench.AskToRestoreAsync(name, new RestoreSpec { BackupName = "nightly-1" });
        await _bench.Restores.PatchAsync(left, left with { Status = left.Status with { Phase = phase, Errors = errors, StartTimestamp = "2026-01-01T00:00:00Z" } }, default);
    }
}
