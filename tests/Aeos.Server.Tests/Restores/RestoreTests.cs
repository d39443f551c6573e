using Aeos.Embedded;
using Aeos.Server.Locations;
using Aeos.Server.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Restores;

public sealed class RestoreTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new() { MetricsAddress = "", DownloadAddress = "", LeaderElection = false };
    private static readonly ServerOptions Encrypting = Plain with { EnableEncryption = true, EncryptionSecret = "backup-key", RequireEncryption = true };
    private static readonly Dictionary<string, string> ToShop2 = new() { ["shop"] = "shop-2" };

    private ServerBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await ServerBench.StartAsync();
        await _bench.AddLocationAsync();
        _bench.AddConfigMaps("shop", 20);
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_restore_goes_through_its_phases_to_its_end_and_its_record_is_that_of_the_resource()
    {
        await _bench.AddKeyAsync();
        await _bench.ServeAsync(Encrypting);
        await _bench.BackUpAsync("nightly-1", "shop");
        await using var phases = await SeenPhases.WatchAsync(_bench);

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });
        var ended = await _bench.EndOfRestoreAsync("back");

        ended.Status.FailureReason.ShouldBeNull();
        ended.Status.Phase.ShouldBe(RestorePhase.Completed);
        ended.Status.Progress!.ItemsRestored.ShouldBe(ended.Status.Progress.TotalItems);
        ended.Status.Progress.TotalItems!.Value.ShouldBeGreaterThanOrEqualTo(20);
        ended.Status.StartTimestamp.ShouldNotBeNull();
        ended.Status.CompletionTimestamp.ShouldNotBeNull();
        ended.Spec.ExcludedResources!.ShouldContain("backups.velero.io");
        ended.Spec.ItemOperationTimeout.ShouldBe("4h0m0s");
        ended.Metadata.Finalizers.ShouldBe([RestoreFinalizer.Name]);
        _bench.Cluster.Find("v1", "ConfigMap", "shop-2", "map-019").ShouldNotBeNull();
        (await phases.UpToAsync(RestorePhase.Completed)).ShouldBe(["", RestorePhase.InProgress, RestorePhase.Finalizing, RestorePhase.Completed]);
        var record = RestoreDocument.Parse(File.ReadAllBytes(Path.Combine(_bench.Bucket, "restores/back/velero-restore.json")), "record");
        record.Metadata.Uid.ShouldBe(ended.Metadata.Uid);
        record.Status.Phase.ShouldBe(RestorePhase.Completed);
        record.Status.StartTimestamp.ShouldBe(ended.Status.StartTimestamp);
    }

    [Fact]
    public async Task What_is_not_possible_is_FailedValidation_in_Veleros_words()
    {
        await _bench.ServeAsync(Plain with { DisabledControllers = new HashSet<string> { LocationController.Name } });
        await _bench.BackUpAsync("nightly-1", "shop");
        var location = (await _bench.Locations.TryGetAsync("default", default))!;
        await _bench.Locations.PatchAsync(location, location with { Status = location.Status with { Phase = BackupStorageLocationPhase.Unavailable } }, default);

        (await ErrorsOfAsync("no-backup", new RestoreSpec { BackupName = "gone" })).ShouldBe(
            ["Error retrieving backup: can't find backup velero/gone: Backup.velero.io \"gone\" not found"]);
        (await ErrorsOfAsync("both", new RestoreSpec { BackupName = "nightly-1", ScheduleName = "nightly" })).ShouldBe(
            ["Either a backup or schedule must be specified as a source for the restore, but not both"]);
        (await ErrorsOfAsync("no-schedule", new RestoreSpec { ScheduleName = "weekly" })).ShouldBe(
            ["No backups found for schedule", "No completed backups found for schedule"]);
        (await ErrorsOfAsync("types", new RestoreSpec { BackupName = "nightly-1", IncludedResources = ["nodes"] })).ShouldContain("nodes are non-restorable resources");
        (await ErrorsOfAsync("away", new RestoreSpec { BackupName = "nightly-1" })).ShouldBe(["The BSL default is unavailable, cannot retrieve the backup"]);
    }

    [Fact]
    public async Task Of_a_schedule_the_newest_completed_backup_is_restored()
    {
        await _bench.ServeAsync(Plain);
        foreach (var (name, phase, started) in (IEnumerable<(string, string, string)>)
            [("a", BackupPhase.Completed, "2026-01-01T00:00:00Z"), ("b", BackupPhase.Completed, "2026-01-02T00:00:00Z"), ("c", BackupPhase.Failed, "2026-01-03T00:00:00Z")])
        {
            var made = await _bench.BackUpAsync(name, "shop");
            await _bench.Backups.PatchAsync(
                made,
                made with
                {
                    Metadata = made.Metadata with { Labels = new Dictionary<string, string>(made.Metadata.Labels!) { [BackupDocument.ScheduleLabel] = "nightly" } },
                    Status = made.Status with { Phase = phase, StartTimestamp = started },
                },
                default);
        }

        await _bench.AskToRestoreAsync("back", new RestoreSpec { ScheduleName = "nightly", NamespaceMapping = ToShop2 });

        var ended = await _bench.EndOfRestoreAsync("back");
        ended.Status.Phase.ShouldBe(RestorePhase.Completed);
        ended.Spec.BackupName.ShouldBe("b");
        ended.Spec.ScheduleName.ShouldBe("nightly");
    }

    [Fact]
    public async Task An_archive_that_cannot_be_decrypted_fails_with_the_reason_and_nothing_is_applied()
    {
        await _bench.AddKeyAsync();
        var server = await _bench.ServeAsync(Encrypting);
        await _bench.BackUpAsync("nightly-1", "shop");
        await server.StopAsync();
        await _bench.Client.DeleteAsync(Kubernetes.Requests.WellKnownResources.Secrets, ServerBench.Namespace, "backup-key");
        await _bench.AddKeyAsync(key: "a key that is not the first one!");
        await _bench.ServeAsync(Encrypting);

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });

        var ended = await _bench.EndOfRestoreAsync("back");
        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason!.ShouldContain("backups/nightly-1/nightly-1.tar.gz");
        ended.Status.CompletionTimestamp.ShouldNotBeNull();
        _bench.Cluster.Find("v1", "Namespace", null, "shop-2").ShouldBeNull();
        _bench.Keys("restores/").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_that_was_exchanged_for_one_in_the_clear_is_refused_since_the_cluster_knows_that_it_was_encrypted()
    {
        await _bench.AddKeyAsync();
        var server = await _bench.ServeAsync(Encrypting with { RequireEncryption = false, MetricsAddress = "127.0.0.1:0" });
        await _bench.BackUpAsync("nightly-1", "shop");
        await _bench.AskAsync("open", new BackupSpec { IncludedNamespaces = ["shop"], Encryption = new BackupEncryptionSpec { Enabled = false } });
        await _bench.EndOfBackupAsync("open");
        var (document, archive) = (Path.Combine(_bench.Bucket, "backups/nightly-1/velero-backup.json"), Path.Combine(_bench.Bucket, "backups/nightly-1/nightly-1.tar.gz"));
        var forged = BackupDocument.Parse(File.ReadAllBytes(document), "document");
        File.WriteAllBytes(document, (forged with { Status = forged.Status with { Encryption = null } }).ToJson());
        File.Copy(Path.Combine(_bench.Bucket, "backups/open/open.tar.gz"), archive, overwrite: true);

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });

        var ended = await _bench.EndOfRestoreAsync("back");
        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason!.ShouldContain("it is not encrypted");
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(await server.MetricsAsync(), "/metrics"))).ShouldContain("aeos_refused_objects_total{backup_location_name=\"default\"} 1");
        _bench.Cluster.Find("v1", "Namespace", null, "shop-2").ShouldBeNull();
    }

    [Fact]
    public async Task With_scope_all_the_log_and_the_lists_of_a_restore_are_encrypted_too()
    {
        await _bench.AddKeyAsync();
        await _bench.ServeAsync(Encrypting with { EncryptionScope = ObjectStore.Encrypted.EncryptionScope.All });
        await _bench.BackUpAsync("nightly-1", "shop");

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });

        (await _bench.EndOfRestoreAsync("back")).Status.Phase.ShouldBe(RestorePhase.Completed);
        foreach (var key in _bench.Keys("restores/").Where(static key => !key.EndsWith(".json", StringComparison.Ordinal)))
        {
            File.ReadAllBytes(Path.Combine(_bench.Bucket, key))[..3].ShouldBe([2, 4, 0x78], key);
        }
    }

    [Fact]
    public async Task The_end_of_a_restore_is_saved_though_the_API_server_fails_for_a_while()
    {
        await _bench.ServeAsync(Plain);
        await _bench.BackUpAsync("nightly-1", "shop");
        var (patches, refused) = (0, 0);
        _bench.Cluster.BeforeRequest = request =>
        {
            // The finalizer, InProgress and Finalizing come through.
            if (request.Path.EndsWith("/restores/back", StringComparison.Ordinal) && request.Method == "PATCH" && Interlocked.Increment(ref patches) > 3 && refused < 4)
            {
                refused++;
                return Fault.Answer(500, "InternalError", "etcdserver: no leader");
            }

            return null;
        };

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });

        (await _bench.EndOfRestoreAsync("back")).Status.Phase.ShouldBe(RestorePhase.Completed);
        refused.ShouldBe(4);
    }

    [Fact]
    public async Task A_restore_that_is_under_way_when_the_server_is_stopped_is_Failed_in_the_cluster_and_in_its_record()
    {
        var server = await _bench.ServeAsync(Plain);
        await _bench.BackUpAsync("nightly-1", "shop");
        var held = HoldConfigMaps(Task.Delay(Timeout.Infinite));

        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });
        await held.WaitAsync(TimeSpan.FromMinutes(1));
        await server.StopAsync();

        var ended = (await _bench.Restores.TryGetAsync("back", default))!;
        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason.ShouldBe("the restore was cancelled");
        RestoreDocument.Parse(File.ReadAllBytes(Path.Combine(_bench.Bucket, "restores/back/velero-restore.json")), "record").Status.Phase.ShouldBe(RestorePhase.Failed);
    }

    [Fact]
    public async Task A_Restore_that_is_deleted_while_it_is_under_way_comes_to_its_end_and_then_goes_with_its_objects()
    {
        await _bench.ServeAsync(Plain);
        await _bench.BackUpAsync("nightly-1", "shop");
        var release = new TaskCompletionSource();
        var held = HoldConfigMaps(release.Task);
        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = ToShop2 });
        await held.WaitAsync(TimeSpan.FromMinutes(1));

        await _bench.Restores.DeleteAsync("back", default);
        (await _bench.Restores.TryGetAsync("back", default))!.Status.Phase.ShouldBe(RestorePhase.InProgress);
        release.SetResult();

        await Eventually.GoesAsync(() => _bench.Restores.TryGetAsync("back", default), "the Restore");
        _bench.Cluster.Find("v1", "ConfigMap", "shop-2", "map-019").ShouldNotBeNull();
        _bench.Keys("restores/").ShouldBeEmpty();
    }

    // Ends once the restore waits for one of its objects.
    private Task HoldConfigMaps(Task release)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Cluster.BeforeRequest = request =>
        {
            if (request.Method != "POST" || !request.Path.EndsWith("/namespaces/shop-2/configmaps", StringComparison.Ordinal))
            {
                return null;
            }

            held.TrySetResult();
            return Fault.Wait(token => release.WaitAsync(token));
        };
        return held.Task;
    }

    private async Task<IReadOnlyList<string>> ErrorsOfAsync(string name, RestoreSpec spec)
    {
        await _bench.AskToRestoreAsync(name, spec);
        var ended = await _bench.EndOfRestoreAsync(name);
        ended.Status.Phase.ShouldBe(RestorePhase.FailedValidation);
        return ended.Status.ValidationErrors!;
    }
}
