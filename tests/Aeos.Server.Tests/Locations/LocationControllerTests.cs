using Aeos.Embedded;
using Aeos.Server.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Locations;

public sealed class LocationControllerTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;
    private LocationController _controller = null!;

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _controller = new LocationController(_bench.Server);
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "bucket"));
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_bucket_that_can_be_listed_is_available_and_is_checked_again_after_a_minute()
    {
        await CreateAsync(Location("default"));

        var again = await _controller.ReconcileAsync("default", default);

        again.ShouldBe(TimeSpan.FromMinutes(1));
        var status = await StatusAsync("default");
        status.Phase.ShouldBe("Available");
        status.LastValidationTime.ShouldBe("2026-01-01T00:00:00Z");
        status.Message.ShouldBeNull();
        _bench.MetricLines().ShouldContain("velero_backup_location_status_gauge{backup_location_name=\"default\"} 1");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_unavailable_with_the_reason_and_available_once_it_is()
    {
        await CreateAsync(Location("default", bucket: "missing"));
        await _controller.ReconcileAsync("default", default);

        var status = await StatusAsync("default");
        status.Phase.ShouldBe("Unavailable");
        status.Message!.ShouldStartWith("BackupStorageLocation \"default\" is unavailable: ");
        status.Message!.ShouldContain("missing");
        _bench.MetricLines().ShouldContain("velero_backup_location_status_gauge{backup_location_name=\"default\"} 0");

        Directory.CreateDirectory(Path.Combine(_bench.Folder, "missing"));
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        await _controller.ReconcileAsync("default", default);
        status = await StatusAsync("default");
        status.Phase.ShouldBe("Available");
        status.Message.ShouldBeNull();
    }

    [Theory]
    [InlineData("velero.io/aws", "the provider \"velero.io/aws\" is not known")]
    [InlineData("", "spec.provider is empty")]
    public async Task A_provider_that_this_server_has_not_is_named_with_those_that_it_has(string provider, string expected)
    {
        await CreateAsync(Location("default", provider: provider));

        await _controller.ReconcileAsync("default", default);

        var status = await StatusAsync("default");
        status.Phase.ShouldBe("Unavailable");
        status.Message!.ShouldContain(expected);
        status.Message!.ShouldContain("aeos.io/filesystem");
    }

    [Fact]
    public async Task Foreign_folders_at_the_buckets_top_are_refused_and_three_of_them_are_named()
    {
        foreach (var folder in (string[])["backups", "restores", "metadata", "kopia", "restic", "plugins", "zoo", "attic", "barn", "cellar"])
        {
            var path = Directory.CreateDirectory(Path.Combine(_bench.Folder, "bucket", folder));
            await File.WriteAllTextAsync(Path.Combine(path.FullName, "object"), "x");
        }

        await CreateAsync(Location("default"));
        await _controller.ReconcileAsync("default", default);

        (await StatusAsync("default")).Message!.ShouldContain("Backup store contains invalid top-level directories: \"attic\", \"barn\", \"cellar\" and 1 more");
    }

    [Fact]
    public async Task The_locations_own_frequency_counts_and_zero_means_never_again()
    {
        await CreateAsync(Location("hourly", frequency: "1h"));
        await CreateAsync(Location("once", frequency: "0"));
        (await _controller.ReconcileAsync("hourly", default)).ShouldBe(TimeSpan.FromHours(1));
        (await _controller.ReconcileAsync("once", default)).ShouldBeNull();

        Directory.Delete(Path.Combine(_bench.Folder, "bucket"));
        _bench.Time.Advance(TimeSpan.FromMinutes(50));
        (await _controller.ReconcileAsync("hourly", default)).ShouldBe(TimeSpan.FromMinutes(10));
        await _controller.ReconcileAsync("once", default);
        (await StatusAsync("hourly")).Phase.ShouldBe("Available");
        (await StatusAsync("once")).Phase.ShouldBe("Available");

        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        await _controller.ReconcileAsync("hourly", default);
        await _controller.ReconcileAsync("once", default);
        (await StatusAsync("hourly")).Phase.ShouldBe("Unavailable");
        (await StatusAsync("once")).Phase.ShouldBe("Available");
    }

    [Fact]
    public async Task What_changes_in_the_spec_is_checked_at_once()
    {
        var location = await CreateAsync(Location("default", bucket: "missing", frequency: "0"));
        await _controller.ReconcileAsync("default", default);

        await _bench.Server.BackupStorageLocations.PatchAsync(
            location, location with { Spec = location.Spec with { ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" } } }, default);
        await _controller.ReconcileAsync("default", default);

        (await StatusAsync("default")).Phase.ShouldBe("Available");
    }

    [Fact]
    public async Task Credentials_that_change_are_checked_at_once_and_never_reach_a_message()
    {
        await _bench.WriteSecretAsync("cloud", "azure", "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY=c2VjcmV0LWJ1dC1ub3QtYS1rZXk\n");
        var location = Location("default", frequency: "0");
        await CreateAsync(location with { Spec = location.Spec with { Credential = new SecretKeyReference { Name = "cloud", Key = "azure" } } });
        await _controller.ReconcileAsync("default", default);
        var status = await StatusAsync("default");
        status.Phase.ShouldBe("Unavailable");
        status.Message!.ShouldContain("AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY");
        status.Message!.ShouldNotContain("c2Vjcm");

        await _bench.WriteSecretAsync("cloud", "azure", "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dSE\n");
        await _controller.ReconcileAsync("default", default);
        (await StatusAsync("default")).Phase.ShouldBe("Available");
    }

    [Fact]
    public async Task A_Secret_that_may_not_be_read_makes_the_location_unavailable_with_the_reason()
    {
        _bench.Cluster.BeforeRequest = request => request.Path.Contains("/secrets/", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "secrets is forbidden") : null;
        var location = Location("default");
        await CreateAsync(location with { Spec = location.Spec with { Credential = new SecretKeyReference { Name = "cloud", Key = "azure" } } });

        await _controller.ReconcileAsync("default", default);

        var status = await StatusAsync("default");
        status.Phase.ShouldBe("Unavailable");
        status.Message!.ShouldContain("secrets is forbidden");
    }

    [Fact]
    public async Task Of_two_defaults_the_one_that_was_made_last_stays()
    {
        var first = await CreateAsync(Location("first", isDefault: true));
        var second = await CreateAsync(Location("second", isDefault: true));
        NoteAsMade(first, "2026-01-01T00:00:00Z");
        NoteAsMade(second, "2026-01-02T00:00:00Z");

        await _controller.ReconcileAsync("third-that-is-gone", default);
        await _controller.ReconcileAsync("second", default);

        (await GetAsync("first")).Spec.Default.ShouldBe(false);
        (await GetAsync("second")).Spec.Default.ShouldBe(true);
    }

    [Fact]
    public async Task Without_a_default_the_one_of_the_servers_setting_becomes_it_until_a_user_unmarks_it()
    {
        await CreateAsync(Location("other"));
        await CreateAsync(Location("default"));
        await _controller.ReconcileAsync("other", default);
        await _controller.ReconcileAsync("default", default);
        (await GetAsync("other")).Spec.Default.ShouldNotBe(true);
        var marked = await GetAsync("default");
        marked.Spec.Default.ShouldBe(true);

        var unmarked = await _bench.Server.BackupStorageLocations.PatchAsync(marked, marked with { Spec = marked.Spec with { Default = false } }, default);
        _bench.Server.BackupStorageLocationInformer.Note(unmarked);
        await _controller.ReconcileAsync("default", default);
        (await GetAsync("default")).Spec.Default.ShouldBe(false);
    }

    [Fact]
    public async Task A_location_that_goes_takes_its_metrics_with_it()
    {
        await CreateAsync(Location("gone"));
        await _controller.ReconcileAsync("gone", default);

        await _bench.Server.BackupStorageLocations.DeleteAsync("gone", default);
        await _controller.ReconcileAsync("gone", default);

        _bench.MetricLines().ShouldNotContain(line => line.Contains("gone"));
    }

    private BackupStorageLocationDocument Location(
        string name, string bucket = "bucket", string provider = "aeos.io/filesystem", string? frequency = null, bool? isDefault = null) => new()
        {
            Metadata = new DocumentMetadata { Name = name },
            Spec = new BackupStorageLocationSpec
            {
                Provider = provider,
                Config = new Dictionary<string, string> { ["root"] = _bench.Folder },
                ObjectStorage = new ObjectStorageLocation { Bucket = bucket },
                ValidationFrequency = frequency,
                Default = isDefault,
            },
        };

    private async Task<BackupStorageLocationDocument> CreateAsync(BackupStorageLocationDocument location)
    {
        var created = await _bench.Server.BackupStorageLocations.CreateAsync(location, default);
        _bench.Server.BackupStorageLocationInformer.Note(created);
        return created;
    }

    // The cluster's own clock is the machine's: both are made in the same second.
    private void NoteAsMade(BackupStorageLocationDocument location, string when)
        => _bench.Server.BackupStorageLocationInformer.Note(location with { Metadata = location.Metadata with { CreationTimestamp = when } });

    private async Task<BackupStorageLocationDocument> GetAsync(string name)
        => (await _bench.Server.BackupStorageLocations.TryGetAsync(name, default)).ShouldNotBeNull();

    private async Task<BackupStorageLocationStatus> StatusAsync(string name) => (await GetAsync(name)).Status;
}
