using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.CommandLine;

public sealed class NameTests
{
    [Theory]
    [InlineData("backup", "create", "Nightly")]
    [InlineData("backup", "get", "good", "../good")]
    [InlineData("backup", "describe", "a_b")]
    [InlineData("backup", "logs", "a/b")]
    [InlineData("backup", "download", "..")]
    [InlineData("backup", "delete", "", "--confirm")]
    [InlineData("restore", "create", "Again", "--from-backup", "nightly-1")]
    [InlineData("restore", "get", "a b")]
    [InlineData("restore", "describe", ".a")]
    [InlineData("restore", "logs", "a.")]
    [InlineData("restore", "delete", "../backups/first", "--confirm")]
    public async Task What_is_no_name_is_wrong_usage_before_anything_is_asked(string noun, params string[] arguments) =>
        (await AeosProcess.RunAsync([noun, .. arguments, "--location", "nowhere.yaml"])).ShouldBeWrongUsage($"is not the name of a {noun}").Output.ShouldBeEmpty();

    [Theory]
    [InlineData("is not the name of a backup", "--from-backup", "../x")]
    [InlineData("is not the name of a schedule", "--from-schedule", "Nightly")]
    [InlineData("--from-backup is empty", "--from-backup", "")]
    public async Task So_is_what_a_restore_cannot_be_of(string word, params string[] arguments) =>
        (await AeosProcess.RunAsync(["restore", "create", "again", "--location", "nowhere.yaml", .. arguments])).ShouldBeWrongUsage(word);

    [UnixTheory]
    [InlineData("backup", "create", "a")]
    [InlineData("backup", "get")]
    [InlineData("backup", "describe")]
    [InlineData("backup", "logs", "a")]
    [InlineData("backup", "download", "a")]
    [InlineData("backup", "delete", "a", "--confirm")]
    [InlineData("restore", "create", "--from-backup", "a")]
    [InlineData("restore", "get")]
    [InlineData("restore", "delete", "a", "--confirm")]
    public async Task Without_a_location_and_without_a_cluster_there_is_nothing_to_work_on(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("aeos-cli-tests-").FullName;
        var outcome = await AeosProcess.RunAsync(
            "/bin/sh", [], ["-c", $"unset KUBECONFIG KUBERNETES_SERVICE_HOST; HOME='{folder}' exec \"$0\" \"$@\"", AeosProcess.Built, .. arguments]);
        Directory.Delete(folder, recursive: true);
        outcome.ShouldBeRefused("no kubeconfig", "--location").Output.ShouldBeEmpty();
    }
}
