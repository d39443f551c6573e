using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Xunit.Abstractions;

namespace Aeos.Plugin.Tests.Native;

/// <summary>The published binary under HashiCorp's own go-plugin, and where there is next to nothing on the machine.</summary>
public sealed class NativePluginTests(GoHostFixture host, ITestOutputHelper output) : IClassFixture<GoHostFixture>
{
    [NativeFact(GoHostFixture.Go, GoHostFixture.Protoc, GoHostFixture.GoMessages, GoHostFixture.GoPlugin)]
    public async Task It_does_what_a_host_on_HashiCorps_go_plugin_asks()
    {
        var (exitCode, text) = await Tools.RunAsync(host.Program, "--plugin", NativeBinary.Plugin);
        output.WriteLine(text);

        exitCode.ShouldBe(0, text);
        text.ShouldNotContain("FAILED");
        text.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(14, text);
    }

    [NativeFact(GoHostFixture.Go, GoHostFixture.Protoc, GoHostFixture.GoMessages, "node", "npm")]
    public async Task It_does_the_same_on_Azurite_and_signs_URLs_of_what_is_not_encrypted()
    {
        const string account = "aeoshost";
        var accountKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        await using var azurite = await AzuriteProcess.StartAsync(account, accountKey);

        var (exitCode, text) = await Tools.RunAsync(
            host.Program,
            new Dictionary<string, string> { ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = accountKey },
            "--plugin", NativeBinary.Plugin, "--azure", $"http://127.0.0.1:{azurite.Port}/{account}", "--size", $"{256 << 20}");
        output.WriteLine(text);

        exitCode.ShouldBe(0, text);
        text.ShouldNotContain("FAILED");
        text.ShouldNotContain(accountKey);
        text.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(15, text);
    }

    [NativeFact("readelf", "objdump")]
    public async Task It_needs_no_library_but_libc_and_libm_and_no_newer_glibc_than_Veleros_image()
    {
        var (exitCode, text) = await Tools.RunAsync("scripts/check-native.sh", NativeBinary.Folder);
        output.WriteLine(text);

        exitCode.ShouldBe(0, text);
    }

    [ToolFact("readelf", "objdump")]
    public async Task The_check_fails_for_a_binary_that_needs_another_library()
    {
        // .NET's own host needs C++'s libraries.
        var folder = Directory.CreateTempSubdirectory("check-native");
        try
        {
            foreach (var name in new[] { "velero-plugin-aeos", "aeos" })
            {
                File.Copy(Environment.ProcessPath!, Path.Combine(folder.FullName, name));
            }

            var (exitCode, text) = await Tools.RunAsync("scripts/check-native.sh", folder.FullName);

            exitCode.ShouldBe(1, text);
            text.ShouldMatch("aeos needs lib[^ ]+, which Velero's image need not have");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [ChrootFact(GoHostFixture.Go, GoHostFixture.Protoc, GoHostFixture.GoMessages, GoHostFixture.GoPlugin, "chroot", "mknod", "ldd")]
    public async Task It_puts_and_gets_in_a_root_with_nothing_but_libc()
    {
        var (exitCode, text) = await Tools.RunAsync("scripts/check-chroot.sh", NativeBinary.Folder, host.Program);
        output.WriteLine(text);

        exitCode.ShouldBe(0, text);
    }
}
