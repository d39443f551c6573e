using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Demo;

public sealed class DemoTests : TemporaryFolder
{
    [Fact]
    public Task It_runs_as_it_was_built() => RunAsync(AeosProcess.Built);

    [PublishedFact]
    public Task It_runs_as_it_was_published() => RunAsync(PublishedFactAttribute.Aeos);

    [Fact]
    public async Task Without_the_plugin_it_says_how_to_get_it()
    {
        // The program alone, in a folder without the plugin's.
        var source = Path.GetDirectoryName(AeosProcess.Built)!;
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }

        (await AeosProcess.RunAsync(At("aeos"), [], ["demo"])).ShouldBeRefused("velero-plugin-aeos", "scripts/publish.sh");
    }

    [Fact]
    public async Task A_plugin_that_does_not_shake_hands_is_a_failure_that_says_so()
    {
        var source = Path.GetDirectoryName(AeosProcess.Built)!;
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }

        File.CreateSymbolicLink(At("velero-plugin-aeos"), "/bin/false");
        (await AeosProcess.RunAsync(At("aeos"), [], ["demo"])).ShouldBeRefused("did not start", "exit code 1");
    }

    private async Task RunAsync(string aeos)
    {
        // A folder for temporary files of its own, to see that nothing stays behind.
        var script = $"TMPDIR='{Folder}' exec \"$0\" demo";
        var outcome = (await AeosProcess.RunAsync("/bin/sh", [], ["-c", script, aeos])).ShouldBeDone();
        outcome.Error.ShouldBeEmpty();
        outcome.Text.ShouldContain("the search works: in the decrypted archive it finds all of them");
        outcome.Text.ShouldContain("in the bucket it finds none: 9 files");
        outcome.Text.ShouldContain("nothing of it is left in the cluster");
        outcome.Text.ShouldMatch("with a wrong key\n   refused: .*No key at hand opens the message.*\n   ok: the cluster got 0 writes");
        outcome.Text.ShouldMatch("was flipped in the bucket\n   refused: .*authentication tag is wrong\n   ok: the cluster got 0 writes");
        foreach (var item in new[] { "Namespace shop", "CustomResourceDefinition payments.demo.aeos.io", "Payment subscription", "Deployment web", "Secret database" })
        {
            outcome.Text.ShouldMatch($"   {item} +equal\n");
        }

        outcome.Text.ShouldContain("11 of 11 equal");
        outcome.Text.ShouldContain("nightly-1.tar.gz was refused");
        outcome.Text.ShouldContain("nightly-2.tar.gz was refused");
        outcome.Text.TrimEnd().Split('\n')[^1].ShouldStartWith("Done. Proven: ");
        outcome.Text.Split('\n').Length.ShouldBeLessThan(70);
        outcome.Text.ShouldNotContain("\u001b");
        Names().ShouldBeEmpty();
    }
}
