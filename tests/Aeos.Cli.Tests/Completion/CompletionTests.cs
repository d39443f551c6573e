using System.Text;
using Aeos.Cli.Tests.Cluster;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Completion;

public sealed class CompletionTests : ClusterRoom
{
    [ShellTheory("bash")]
    [InlineData("aeos back", "backup backup-location")]
    [InlineData("aeos backup de", "delete describe")]
    [InlineData("aeos backup get --sel", "--selector")]
    [InlineData("aeos completion ", "bash fish zsh")]
    [InlineData("aeos backup get -o ", "json table text yaml")]
    [InlineData("aeos keygen --out /no/such/file", "")]
    public async Task Bash_completes_commands_options_and_values(string line, string expected) => (await CompleteAsync(line)).ShouldBe(expected);

    [ShellFact("bash")]
    public async Task Bash_completes_names_from_the_cluster_and_none_of_a_bucket()
    {
        await PutBackupAsync("nightly-1");
        await PutBackupAsync("nightly-2");
        await PutBackupAsync("other");
        (await CompleteAsync("aeos backup describe night")).ShouldBe("nightly-1 nightly-2");
        (await CompleteAsync("aeos restore create --from-backup ot")).ShouldBe("other");
        (await CompleteAsync("aeos backup describe --location x night")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_script_for_each_other_shell_is_printed(string shell) =>
        (await AeosProcess.RunAsync("completion", shell)).ShouldBeDone().Text.ShouldContain("[suggest:");

    [ShellTheory("zsh")]
    [InlineData("zsh")]
    public async Task Zsh_reads_its_script(string shell) => (await ReadsAsync(shell)).ShouldBeDone();

    [ShellTheory("fish")]
    [InlineData("fish")]
    public async Task Fish_reads_its_script(string shell) => (await ReadsAsync(shell)).ShouldBeDone();

    [Fact]
    public async Task Another_shell_is_refused() => (await AeosProcess.RunAsync("completion", "tcsh")).ShouldBeWrongUsage("tcsh");

    private static async Task<Outcome> ReadsAsync(string shell) =>
        await AeosProcess.RunAsync(shell, (await AeosProcess.RunAsync("completion", shell)).ShouldBeDone().Output, ["-n"]);

    // What bash itself does when Tab is pressed, without a terminal: it sets these variables, and calls the function.
    private async Task<string> CompleteAsync(string line)
    {
        var script = $$"""
            export PATH='{{Path.GetDirectoryName(AeosProcess.Built)}}':"$PATH" KUBECONFIG='{{At("kubeconfig")}}'
            source <(aeos completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            if [[ "$COMP_LINE" == *' ' ]]; then COMP_WORDS+=(''); fi
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _aeos
            printf '%s' "${COMPREPLY[*]}"
            """;
        var outcome = await AeosProcess.RunAsync("bash", Encoding.UTF8.GetBytes(script), ["-s"]);
        outcome.Error.ShouldBeEmpty();
        return outcome.Text;
    }
}
