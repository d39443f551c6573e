using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new() { MetricsAddress = "", DownloadAddress = "", LeaderElection = false };
    private static readonly ServerOptions Encrypting = Plain with { EnableEncryption = true, EncryptionSecret = "backup-key", RequireEncryption = true };

    private ServerBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ServerBench.StartAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_backup_goes_to_its_end_and_says_what_is_in_it_and_how_it_is_encrypted()
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync();
        _bench.AddConfigMaps("shop", 20);
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("nightly-1", new BackupSpec { IncludedNamespaces = ["shop"] });
        var ended = await _bench.EndOfBackupAsync("nightly-1");

        ended.Status.FailureReason.ShouldBeNull();
        ended.Status.Phase.ShouldBe(BackupPhase.Completed);
        ended.Status.Progress!.ItemsBackedUp.ShouldBe(ended.Status.Progress.TotalItems);
        ended.Status.Progress.ItemsBackedUp!.Value.ShouldBeGreaterThanOrEqualTo(21);
        ended.Status.Encryption!.IsEncrypted.ShouldBeTrue();
        ended.Status.Encryption.KeyRetrieverConfig!["secretName"].ShouldBe("backup-key");
        ended.Spec.StorageLocation.ShouldBe("default");
        ended.Spec.Ttl.ShouldBe("720h0m0s");
        ended.Metadata.Labels!["velero.io/storage-location"].ShouldBe("default");
        File.ReadAllBytes(Path.Combine(_bench.Bucket, "backups/nightly-1/nightly-1.tar.gz"))[..3].ShouldBe([2, 4, 0x78]);
        var document = BackupDocument.Parse(File.ReadAllBytes(Path.Combine(_bench.Bucket, "backups/nightly-1/velero-backup.json")), "document");
        document.Metadata.Uid.ShouldBe(ended.Metadata.Uid);
        document.Status.Phase.ShouldBe(BackupPhase.Completed);
    }

    [Theory]
    [InlineData("no key", "there is no Secret \"velero/backup-key\"")]
    [InlineData("bad key", "looks like")]
    public async Task A_backup_that_cannot_get_its_key_is_Failed_with_the_reason_and_leaves_nothing_in_the_bucket(string state, string reason)
    {
        await _bench.AddLocationAsync();
        if (state == "bad key")
        {
            await _bench.AddKeyAsync(key: "0123456789abcdefghijklmnopqrstuv\n");
        }

        await _bench.ServeAsync(Encrypting);
        await _bench.AskAsync("nightly-1");
        var ended = await _bench.EndOfBackupAsync("nightly-1");

        ended.Status.Phase.ShouldBe(BackupPhase.Failed);
        ended.Status.FailureReason!.ShouldContain(reason);
        Directory.EnumerateFileSystemEntries(_bench.Bucket).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Backup_may_not_switch_encryption_off_where_the_server_requires_it()
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync();
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("open", new BackupSpec { Encryption = new BackupEncryptionSpec { Enabled = false } });

        var ended = await _bench.EndOfBackupAsync("open");
        ended.Status.Phase.ShouldBe(BackupPhase.FailedValidation);
        ended.Status.ValidationErrors!.Single().ShouldContain("--require-encryption");
    }

    [Fact]
    public async Task A_Backup_may_name_another_Secret_and_switch_encryption_on_and_off_where_the_server_allows_it()
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync("other", "another key of thirty-two bytes!");
        await _bench.ServeAsync(Plain);

        await _bench.AskAsync("on", new BackupSpec { Encryption = new BackupEncryptionSpec { SecretName = "other" }, IncludedNamespaces = ["default"] });
        await _bench.AskAsync("off", new BackupSpec { IncludedNamespaces = ["default"] });
        await _bench.AskAsync("keyless", new BackupSpec { Encryption = new BackupEncryptionSpec { Enabled = true } });

        (await _bench.EndOfBackupAsync("on")).Status.Encryption!.KeyRetrieverConfig!["secretName"].ShouldBe("other");
        (await _bench.EndOfBackupAsync("off")).Status.Encryption.ShouldBeNull();
        (await _bench.EndOfBackupAsync("keyless")).Status.ValidationErrors!.Single().ShouldContain("--encryption-secret");
    }

    [Fact]
    public async Task A_Backup_that_a_client_made_of_a_Schedule_is_encrypted_as_the_annotation_has_it_that_came_along()
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync("other", "another key of thirty-two bytes!");
        await _bench.ServeAsync(Plain);

        await AskAnnotatedAsync("noted", """{"secretName":"other"}""");
        await AskAnnotatedAsync("garbled", """{"secretName":""");

        var ended = await _bench.EndOfBackupAsync("noted");
        ended.Status.Encryption!.KeyRetrieverConfig!["secretName"].ShouldBe("other");
        ended.Spec.Encryption!.SecretName.ShouldBe("other");
        (await _bench.EndOfBackupAsync("garbled")).Status.ValidationErrors!.Single().ShouldContain("aeos.io/template-encryption");
        _bench.Keys("backups/garbled").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_spec_that_is_not_possible_is_FailedValidation_with_each_problem()
    {
        await _bench.AddLocationAsync();
        await _bench.ServeAsync(Plain);

        await _bench.AskAsync("wrong", new BackupSpec { IncludedResources = ["pods"], ExcludedResources = ["pods"], SnapshotMoveData = true, StorageLocation = "default" });
        await _bench.AskAsync("nowhere", new BackupSpec { StorageLocation = "other" });

        var ended = await _bench.EndOfBackupAsync("wrong");
        ended.Status.Phase.ShouldBe(BackupPhase.FailedValidation);
        ended.Status.ValidationErrors!.Count.ShouldBeGreaterThan(1);
        (await _bench.EndOfBackupAsync("nowhere")).Status.ValidationErrors!.Single().ShouldContain("other was not found");
    }

    [Fact]
    public async Task Names_that_nothing_can_have_are_said_and_keep_no_other_backup_waiting()
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync();
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("a-secret", new BackupSpec { Encryption = new BackupEncryptionSpec { SecretName = "Not/a name" } });
        await _bench.AskAsync("b-location", new BackupSpec { StorageLocation = "../x" });
        await _bench.AskAsync("b-policy", new BackupSpec { ResourcePolicy = new ResourceReference { Kind = "configmap", Name = "a/b" } });
        await _bench.AskAsync("c-possible", new BackupSpec { IncludedNamespaces = ["default"] });

        (await _bench.EndOfBackupAsync("a-secret")).Status.ValidationErrors!.Single().ShouldBe("spec.encryption.secretName is \"Not/a name\", which is no Secret's name");
        (await _bench.EndOfBackupAsync("b-location")).Status.ValidationErrors!.Single().ShouldContain("../x was not found");
        (await _bench.EndOfBackupAsync("b-policy")).Status.ValidationErrors!.Single().ShouldContain("it is not there");
        (await _bench.EndOfBackupAsync("c-possible")).Status.Phase.ShouldBe(BackupPhase.Completed);
    }

    [Fact]
    public async Task All_that_is_not_possible_is_said_at_once()
    {
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("wrong", new BackupSpec { StorageLocation = "other", Ttl = "-5m", Encryption = new BackupEncryptionSpec { Enabled = false } });

        var errors = (await _bench.EndOfBackupAsync("wrong")).Status.ValidationErrors!;
        errors.Count.ShouldBe(3);
        errors.ShouldContain(static error => error.Contains("other was not found"));
        errors.ShouldContain(static error => error.Contains("--require-encryption"));
        errors.ShouldContain(static error => error.Contains("ttl"));
    }

    [Theory]
    [InlineData("short", "no AES key's length")]
    [InlineData("0123456789abcdefghijklmnopqrstuv\n", "looks like")]
    public async Task A_Secret_that_holds_no_key_is_told_with_an_event(string key, string reason)
    {
        await _bench.AddLocationAsync();
        await _bench.AddKeyAsync(key: key);
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("nightly-1");
        (await _bench.EndOfBackupAsync("nightly-1")).Status.FailureReason!.ShouldContain(reason);

        await Eventually.BecomesAsync(
            () => _bench.EventsAsync("nightly-1"),
            events => events.Any(message => message.Contains(reason)),
            "the event about the key");
    }

    [Fact]
    public async Task A_backup_that_was_never_begun_expires_too()
    {
        await _bench.AddLocationAsync();
        await _bench.ServeAsync(Encrypting);

        await _bench.AskAsync("keyless", new BackupSpec { Ttl = "2h" });
        await _bench.AskAsync("impossible", new BackupSpec { StorageLocation = "other" });

        var failed = await _bench.EndOfBackupAsync("keyless");
        failed.Status.Phase.ShouldBe(BackupPhase.Failed);
        (DateTimeOffset.Parse(failed.Status.Expiration!) - DateTimeOffset.Parse(failed.Status.CompletionTimestamp!)).ShouldBe(TimeSpan.FromHours(2));
        (await _bench.EndOfBackupAsync("impossible")).Status.Expiration.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Backup_that_is_InProgress_and_that_nobody_makes_is_Failed_and_keeps_no_other_waiting()
    {
        await _bench.AddLocationAsync();
        await _bench.ServeAsync(Plain);

        await _bench.Backups.CreateAsync(
            new BackupDocument { Metadata = new DocumentMetadata { Name = "claimed" }, Spec = new BackupSpec { StorageLocation = "default" }, Status = new BackupStatus { Phase = BackupPhase.InProgress } }, default);
        await _bench.AskAsync("next", new BackupSpec { IncludedNamespaces = ["default"] });

        (await _bench.EndOfBackupAsync("claimed")).Status.Phase.ShouldBe(BackupPhase.Failed);
        (await _bench.EndOfBackupAsync("next")).Status.Phase.ShouldBe(BackupPhase.Completed);
    }

    [Fact]
    public async Task What_a_dead_server_left_in_progress_is_Failed_and_its_objects_are_removed()
    {
        await _bench.AddLocationAsync();
        var left = await _bench.AskAsync("left", new BackupSpec { StorageLocation = "default" });
        await _bench.Backups.PatchAsync(left, left with { Status = left.Status with { Phase = BackupPhase.InProgress } }, default);
        Directory.CreateDirectory(Path.Combine(_bench.Bucket, "backups/left"));
        File.WriteAllText(Path.Combine(_bench.Bucket, "backups/left/left-logs.gz"), "");

        await _bench.ServeAsync(Plain);

        var ended = await _bench.EndOfBackupAsync("left");
        ended.Status.Phase.ShouldBe(BackupPhase.Failed);
        ended.Status.FailureReason!.ShouldContain("found a backup with status \"InProgress\" during the server starting");
        Directory.EnumerateFiles(_bench.Bucket, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_dead_server_left_finalizing_is_ended()
    {
        await _bench.AddLocationAsync();
        var server = await _bench.ServeAsync(Plain);
        await _bench.AskAsync("whole", new BackupSpec { IncludedNamespaces = ["default"] });
        var whole = await _bench.EndOfBackupAsync("whole");
        await server.StopAsync();
        File.Delete(Path.Combine(_bench.Bucket, "backups/whole/velero-backup.json"));
        await _bench.Backups.PatchAsync(whole, whole with { Status = whole.Status with { Phase = BackupPhase.Finalizing } }, default);

        await _bench.ServeAsync(Plain);

        (await _bench.EndOfBackupAsync("whole")).Status.Phase.ShouldBe(BackupPhase.Completed);
        BackupDocument.Parse(File.ReadAllBytes(Path.Combine(_bench.Bucket, "backups/whole/velero-backup.json")), "document").Status.Phase.ShouldBe(BackupPhase.Completed);
    }

    [Fact]
    public async Task Two_hundred_backups_that_wait_are_made_one_after_another_in_their_order()
    {
        await _bench.AddLocationAsync();
        for (var i = 0; i < 200; i++)
        {
            await _bench.AskAsync($"b{i:d3}", new BackupSpec { IncludedNamespaces = ["kube-public"] });
        }

        await _bench.ServeAsync(Plain);
        var last = "";
        for (var i = 0; i < 200; i++)
        {
            var status = (await _bench.EndOfBackupAsync($"b{i:d3}")).Status;
            status.Phase.ShouldBe(BackupPhase.Completed);

            // Times in UTC sort as texts.
            string.CompareOrdinal(status.StartTimestamp, last).ShouldBeGreaterThanOrEqualTo(0, $"b{i:d3} began at {status.StartTimestamp}, and the one before it ended at {last}");
            last = status.CompletionTimestamp!;
        }

        Directory.EnumerateFiles(_bench.Bucket, "velero-backup.json", SearchOption.AllDirectories).Count().ShouldBe(200);
    }

    private Task<BackupDocument> AskAnnotatedAsync(string name, string annotation) => _bench.Backups.CreateAsync(
        new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = name,
                Namespace = ServerBench.Namespace,
                Annotations = new Dictionary<string, string> { ["aeos.io/template-encryption"] = annotation },
            },
            Spec = new BackupSpec { IncludedNamespaces = ["default"] },
        },
        default);
}
