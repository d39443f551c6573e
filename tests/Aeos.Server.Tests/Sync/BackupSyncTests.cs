using System.Text;
using Aeos.Server.Sync;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Sync;

public sealed class BackupSyncTests : IAsyncLifetime
{
    private static readonly byte[] Gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    private static readonly byte[] Message = [2, 4, 0x78, 1, 2, 3];

    private ControllerBench _bench = null!;
    private BackupSyncController _sync = null!;

    private string Bucket => Path.Combine(_bench.Folder, "bucket");

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _sync = new BackupSyncController(_bench.Server);
        Directory.CreateDirectory(Bucket);
        await _bench.Server.BackupStorageLocations.CreateAsync(
            new BackupStorageLocationDocument
            {
                Metadata = new DocumentMetadata { Name = "here" },
                Spec = new BackupStorageLocationSpec
                {
                    Provider = "aeos.io/filesystem",
                    ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" },
                    Config = new Dictionary<string, string> { ["root"] = _bench.Folder },
                },
                Status = new BackupStorageLocationStatus { Phase = BackupStorageLocationPhase.Available },
            },
            default);
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_backup_in_the_bucket_becomes_a_Backup_of_this_server_and_this_location()
    {
        Put("nightly-1", Gzip, """
            "metadata":{"name":"nightly-1","namespace":"elsewhere","uid":"u","labels":{"velero.io/storage-location":"there","team":"shop"},"annotations":{"note":"kept"},
              "finalizers":["example.com/keep"],"ownerReferences":[{"apiVersion":"velero.io/v1","kind":"Schedule","name":"gone","uid":"s"},{"apiVersion":"v1","kind":"Node","name":"n","uid":"n"}]},
            "spec":{"storageLocation":"there","ttl":"720h0m0s"},"status":{"phase":"Completed","expiration":"2030-01-01T00:00:00Z","errors":0}
            """);

        await _sync.ReconcileAsync("here", default);

        var synced = (await _bench.Server.Backups.TryGetAsync("nightly-1", default))!;
        synced.Metadata.Namespace.ShouldBe(ControllerBench.Namespace);
        synced.Metadata.Uid.ShouldNotBe("u");
        synced.Metadata.Labels!["velero.io/storage-location"].ShouldBe("here");
        synced.Metadata.Labels["team"].ShouldBe("shop");
        synced.Metadata.Annotations!["note"].ShouldBe("kept");
        synced.Metadata.Finalizers.ShouldBeNull();
        synced.Metadata.OwnerReferences.ShouldBeNull();
        synced.Spec.StorageLocation.ShouldBe("here");
        synced.Spec.Ttl.ShouldBe("720h0m0s");
        synced.Status.Phase.ShouldBe(BackupPhase.Completed);
        synced.Status.Expiration.ShouldBe("2030-01-01T00:00:00Z");
        (await _bench.Server.BackupStorageLocations.TryGetAsync("here", default))!.Status.LastSyncedTime.ShouldBe(TimestampText.Format(_bench.Time.GetUtcNow()));
    }

    [Fact]
    public async Task The_schedule_that_owns_a_backup_stays_its_owner_when_it_is_the_same()
    {
        var schedule = await _bench.Server.Schedules.CreateAsync(
            new ScheduleDocument { Metadata = new DocumentMetadata { Name = "nightly" }, Spec = new ScheduleSpec { Schedule = "@daily" } }, default);
        _bench.Server.ScheduleInformer.Note(schedule);
        Put("nightly-1", Gzip, $$$"""
            "metadata":{"name":"nightly-1","ownerReferences":[{"apiVersion":"velero.io/v1","kind":"Schedule","name":"nightly","uid":"{{{schedule.Metadata.Uid}}}","controller":true}]},
            "spec":{},"status":{"phase":"Completed"}
            """);

        await _sync.ReconcileAsync("here", default);

        (await _bench.Server.Backups.TryGetAsync("nightly-1", default))!.Metadata.OwnerReferences!.Single().Name.ShouldBe("nightly");
    }

    [Theory]
    [InlineData("message", "", true, null)]
    [InlineData("message", """{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"k"},"format":"message"}""", true, "k")]
    [InlineData("message", """{"isEncrypted":false}""", true, null)]
    [InlineData("gzip", """{"isEncrypted":true,"format":"message"}""", false, null)]
    [InlineData("other", """{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"k"}}""", true, "k")]
    [InlineData("other", "", false, null)]
    public async Task Whether_it_is_encrypted_the_archives_first_bytes_say_and_not_the_document(string archive, string said, bool isEncrypted, string? secret)
    {
        Put("nightly-1", archive switch { "message" => Message, "gzip" => Gzip, _ => [7, 7, 7, 7, 7] }, $$"""
            "metadata":{"name":"nightly-1"},"spec":{},"status":{"phase":"Completed"{{(said.Length > 0 ? $",\"encryption\":{said}" : "")}}}
            """);

        await _sync.ReconcileAsync("here", default);

        var encryption = (await _bench.Server.Backups.TryGetAsync("nightly-1", default))!.Status.Encryption;
        (encryption?.IsEncrypted ?? false).ShouldBe(isEncrypted);
        encryption?.KeyRetrieverConfig?["secretName"].ShouldBe(secret);
    }

    [Theory]
    [InlineData("New", """ "hooks":{"resources":[{"name":"h"}]} """)]
    [InlineData("", "")]
    [InlineData("ReadyToStart", "")]
    [InlineData("InProgress", "")]
    [InlineData("Deleting", "")]
    public async Task A_document_that_would_make_the_server_do_something_is_refused(string phase, string spec)
    {
        Put("nightly-1", Gzip, $$"""
            "metadata":{"name":"nightly-1"},"spec":{{{spec}}},"status":{"phase":"{{phase}}"}
            """);
        Put("good", Gzip, """ "metadata":{"name":"good"},"spec":{},"status":{"phase":"Completed"} """);

        await _sync.ReconcileAsync("here", default);

        (await NamesAsync()).ShouldBe(["good"]);
    }

    [Fact]
    public async Task Folders_and_documents_that_are_no_backups_are_left_alone()
    {
        Put("other", Gzip, """ "metadata":{"name":"nightly-1"},"spec":{},"status":{"phase":"Completed"} """);
        Put("No_Name", Gzip, """ "metadata":{"name":"No_Name"},"spec":{},"status":{"phase":"Completed"} """);
        Put("labels", Gzip, """ "metadata":{"name":"labels","labels":{"not a label!":"x"}},"spec":{},"status":{"phase":"Completed"} """);
        Put("finalizing", Gzip, """ "metadata":{"name":"finalizing"},"spec":{},"status":{"phase":"Finalizing","expiration":"2030-01-01T00:00:00Z"} """);
        Put("expired", Gzip, """ "metadata":{"name":"expired"},"spec":{},"status":{"phase":"WaitingForPluginOperations","expiration":"2020-01-01T00:00:00Z"} """);
        File.WriteAllText(Path.Combine(Bucket, "backups/other/velero-backup.json.bak"), "{}");
        Directory.CreateDirectory(Path.Combine(Bucket, "backups/broken"));
        File.WriteAllText(Path.Combine(Bucket, "backups/broken/velero-backup.json"), "no JSON");
        Directory.CreateDirectory(Path.Combine(Bucket, "backups/huge"));
        File.WriteAllText(Path.Combine(Bucket, "backups/huge/velero-backup.json"), new string(' ', 17 << 20));
        Directory.CreateDirectory(Path.Combine(Bucket, "backups/half"));
        File.WriteAllBytes(Path.Combine(Bucket, "backups/half/half.tar.gz"), Gzip);

        await _sync.ReconcileAsync("here", default);

        (await NamesAsync()).ShouldBe(["expired"]);
        (await _bench.Server.Backups.TryGetAsync("expired", default))!.Status.Phase.ShouldBe(BackupPhase.PartiallyFailed);
    }

    [Fact]
    public async Task A_document_that_is_refused_is_counted_once_however_often_the_bucket_is_looked_at()
    {
        Put("other", Gzip, """ "metadata":{"name":"nightly-1"},"spec":{},"status":{"phase":"Completed"} """);

        await _sync.ReconcileAsync("here", default);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        await _sync.ReconcileAsync("here", default);

        _bench.MetricLines().ShouldContain("aeos_refused_objects_total{backup_location_name=\"here\"} 1");
    }

    [Fact]
    public async Task A_Completed_Backup_goes_when_its_document_is_gone_and_no_other_does()
    {
        Put("kept", Gzip, """ "metadata":{"name":"kept"},"spec":{},"status":{"phase":"Completed"} """);
        await AddAsync("kept", "here", BackupPhase.Completed);
        await AddAsync("orphan", "here", BackupPhase.Completed);
        await AddAsync("partial", "here", BackupPhase.PartiallyFailed);
        await AddAsync("failed", "here", BackupPhase.Failed);
        await AddAsync("running", "here", BackupPhase.InProgress);
        await AddAsync("elsewhere", "there", BackupPhase.Completed);

        await _sync.ReconcileAsync("here", default);

        (await NamesAsync()).ShouldBe(["elsewhere", "failed", "kept", "running"]);
        _bench.MetricLines().ShouldContain("aeos_orphaned_backups_total{backup_location_name=\"here\"} 2");
    }

    [Fact]
    public async Task A_bucket_that_is_away_takes_no_Backup_away()
    {
        await AddAsync("nightly-1", "here", BackupPhase.Completed);
        Directory.Delete(Bucket);

        await Should.ThrowAsync<AeosException>(() => _sync.ReconcileAsync("here", default));

        (await NamesAsync()).ShouldBe(["nightly-1"]);
        (await _bench.Server.BackupStorageLocations.TryGetAsync("here", default))!.Status.LastSyncedTime.ShouldBeNull();
    }

    [Fact]
    public async Task A_bucket_is_looked_at_once_in_its_period()
    {
        (await _sync.ReconcileAsync("here", default)).ShouldBe(TimeSpan.FromMinutes(1));
        Put("late", Gzip, """ "metadata":{"name":"late"},"spec":{},"status":{"phase":"Completed"} """);
        _bench.Time.Advance(TimeSpan.FromSeconds(40));
        (await _sync.ReconcileAsync("here", default)).ShouldBe(TimeSpan.FromSeconds(20));
        (await NamesAsync()).ShouldBeEmpty();
        _bench.Time.Advance(TimeSpan.FromSeconds(20));
        await _sync.ReconcileAsync("here", default);
        (await NamesAsync()).ShouldBe(["late"]);

        var location = (await _bench.Server.BackupStorageLocations.TryGetAsync("here", default))!;
        await _bench.Server.BackupStorageLocations.PatchAsync(location, location with { Spec = location.Spec with { BackupSyncPeriod = "0s" } }, default);
        (await _sync.ReconcileAsync("here", default)).ShouldBeNull();
    }

    private void Put(string name, byte[] archive, string document)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Bucket, "backups", name)).FullName;
        File.WriteAllBytes(Path.Combine(folder, $"{name}.tar.gz"), archive);
        File.WriteAllBytes(Path.Combine(folder, "velero-backup.json"), Encoding.UTF8.GetBytes($$"""{"kind":"Backup","apiVersion":"velero.io/v1",{{document}}}"""));
    }

    private Task<BackupDocument> AddAsync(string name, string location, string phase) => _bench.Server.Backups.CreateAsync(
        new BackupDocument
        {
            Metadata = new DocumentMetadata { Name = name },
            Spec = new BackupSpec { StorageLocation = location },
            Status = new BackupStatus { Phase = phase },
        },
        default);

    private async Task<string[]> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var backup in _bench.Server.Backups.ListAsync(null, default))
        {
            names.Add(backup.Metadata.Name);
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
