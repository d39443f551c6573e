using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("encrypt")]
    [InlineData("encrypt", "--no-such-option")]
    [InlineData("nonsense")]
    [InlineData("keygen", "-o", "pem")]
    [InlineData("inspect", "-o", "xml")]
    [InlineData("encrypt", "-k", "key", "--format", "zip")]
    [InlineData("store", "get", "key")]
    [InlineData("store", "url", "key", "--location", "file", "--ttl", "soon")]
    public async Task A_wrong_command_line_is_told_from_failed_work(params string[] arguments) =>
        (await AeosProcess.RunAsync(arguments)).ShouldBeWrongUsage().Output.ShouldBeEmpty();

    [Fact]
    public async Task A_value_that_is_not_taken_is_answered_with_those_that_are_in_one_line() =>
        (await AeosProcess.RunAsync("keygen", "-o", "json")).ShouldBeWrongUsage("'json'", "'text', 'line', 'env', 'secret', 'raw'");

    [Theory]
    [InlineData("store", "ls", "--nope")]
    [InlineData("store", "rm", "--force", "a")]
    [InlineData("inspect", "-x")]
    public async Task An_unknown_option_is_not_taken_for_a_name(params string[] arguments) =>
        (await AeosProcess.RunAsync(arguments)).ShouldBeWrongUsage(arguments.First(argument => argument[0] == '-')).Output.ShouldBeEmpty();

    [Fact]
    public async Task A_name_that_begins_with_a_dash_stands_behind_two() =>
        (await AeosProcess.RunAsync("inspect", "--", "--nope")).ShouldBeRefused("--nope");

    [Theory]
    [InlineData]
    [InlineData("store")]
    public async Task Without_a_verb_the_verbs_are_shown(params string[] arguments)
    {
        var outcome = await AeosProcess.RunAsync(arguments);
        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("Commands:");
        outcome.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("keygen")]
    [InlineData("encrypt")]
    [InlineData("decrypt")]
    [InlineData("inspect")]
    [InlineData("store")]
    [InlineData("store", "put")]
    [InlineData("store", "get")]
    [InlineData("store", "ls")]
    [InlineData("store", "rm")]
    [InlineData("store", "exists")]
    [InlineData("store", "url")]
    [InlineData("demo")]
    [InlineData("backup")]
    [InlineData("backup", "create")]
    [InlineData("backup", "get")]
    [InlineData("backup", "describe")]
    [InlineData("backup", "logs")]
    [InlineData("backup", "download")]
    [InlineData("backup", "delete")]
    [InlineData("restore")]
    [InlineData("restore", "create")]
    [InlineData("restore", "get")]
    [InlineData("restore", "describe")]
    [InlineData("restore", "logs")]
    [InlineData("restore", "delete")]
    [InlineData("schedule")]
    [InlineData("schedule", "create")]
    [InlineData("schedule", "get")]
    [InlineData("schedule", "describe")]
    [InlineData("schedule", "delete")]
    [InlineData("schedule", "pause")]
    [InlineData("schedule", "unpause")]
    [InlineData("backup-location")]
    [InlineData("backup-location", "create")]
    [InlineData("backup-location", "get")]
    [InlineData("backup-location", "set")]
    [InlineData("backup-location", "delete")]
    [InlineData("version")]
    [InlineData("completion")]
    public async Task Every_commands_help_has_an_example_of_it(params string[] verbs)
    {
        var help = (await AeosProcess.RunAsync([.. verbs, "--help"])).ShouldBeDone().Text;
        help[help.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain($"aeos {string.Join(' ', verbs)}");
    }

    [Fact]
    public async Task The_version_is_printed() => (await AeosProcess.RunAsync("--version")).ShouldBeDone().Text.ShouldMatch("^[0-9]+[.][0-9]+[.][0-9]+");
}
