using Aeos.Cluster.Tests.Running;
using Aeos.Server.Installation;

namespace Aeos.Cluster.Tests.Server;

public sealed class InstallationTests
{
    [Fact]
    public async Task The_API_server_takes_every_object_and_a_second_time_nothing_differs()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var options = new InstallationOptions
        {
            Namespace = room.Name("aeos"),
            Location = new InstalledLocation("aeos.io/azure", room.Name("bucket"), "aeos", new Dictionary<string, string> { ["storageAccount"] = "acc" }, null),
            Credentials = "NAME=value"u8.ToArray(),
            Encryption = new InstalledEncryption("backup-key"),
            Resources = new PodResources("250m", "128Mi", "1", "512Mi"),
        };

        var first = await InstallAsync(room, options);
        var second = await InstallAsync(room, options);

        // The definitions are the cluster's: another test may have brought them.
        first.Where(item => item.Kind != "CustomResourceDefinition" && item.Outcome != ApplyOutcome.Created).ShouldBeEmpty();
        second.Where(item => item.Outcome != ApplyOutcome.Unchanged).ShouldBeEmpty();
        second.Select(item => item.Kind).ShouldContain("BackupStorageLocation");
    }

    private static async Task<List<InstalledObject>> InstallAsync(ClusterRoom room, InstallationOptions options)
    {
        var done = new List<InstalledObject>();
        await new ServerInstaller(room.Client, options, TimeProvider.System).InstallAsync(done.Add, null, CancellationToken.None);
        return done;
    }
}
