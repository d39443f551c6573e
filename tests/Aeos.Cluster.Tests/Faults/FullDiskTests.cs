using System.Diagnostics;
using System.Security.Cryptography;
using Aeos.Cluster.Tests.Killed;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Faults;

/// <summary>A filesystem that takes no more: a limit on the size of files, which needs no privileges.</summary>
public class FullDiskTests
{
    [Fact]
    public async Task A_backup_that_does_not_fit_says_so_and_leaves_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        for (var number = 0; number < 3; number++)
        {
            await room.CreateSecretAsync(shop, $"s{number}", "k", RandomNumberGenerator.GetBytes(500_000));
        }

        var (exitCode, errors) = await RunAsync(512, "b1");
        exitCode.ShouldBe(1, errors);
        errors.ShouldContain("b1.tar.gz");
        (await bucket.KeysAsync()).ShouldBeEmpty();
        (exitCode, errors) = await RunAsync(512_000, "b1");
        exitCode.ShouldBe(0, errors);

        // The shell's limit is in KiB. Its signal is ignored, so that the write itself fails.
        async Task<(int ExitCode, string Errors)> RunAsync(int limit, string name)
        {
            var config = Path.Combine(bucket.Folder, "kubeconfig");
            await File.WriteAllTextAsync(config, room.Embedded.Kubeconfig);
            string[] arguments = ["backup", "create", name, "--include-namespaces", shop, "--location", bucket.Manifest, "--kubeconfig", config];
            var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {limit}; exec \"$@\"", "bash", KilledProcess.Built, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await error + await output);
        }
    }
}
