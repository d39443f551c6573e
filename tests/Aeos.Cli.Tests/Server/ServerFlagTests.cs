using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Server;

/// <summary>The command line of <c>aeos server</c>, which is read before a cluster is asked.</summary>
public sealed class ServerFlagTests
{
    private const string NoCluster = "--kubeconfig=/nonexistent";

    [Theory]
    [InlineData("--client-qps=many", "'many' in --client-qps is no number")]
    [InlineData("--client-burst=0", "--client-burst is below one")]
    [InlineData("--client-page-size=x", "'x' in --client-page-size is no whole number")]
    [InlineData("--encryption-secret=Not/Name", "\"Not/Name\" is not the name of a Secret")]
    [InlineData("--encryption-secret=", "--encryption-secret is empty")]
    [InlineData("--encryption-format=zip", "--encryption-format: Argument 'zip'")]
    [InlineData("--require-encryption=maybe", "'maybe' in --require-encryption is neither true nor false")]
    [InlineData("--metrics-address=8085", "--metrics-address \"8085\" is not an address")]
    [InlineData("--download-address=:99999", "--download-address \":99999\" is not an address")]
    [InlineData("--download-url=http://aeos", "--download-url \"http://aeos\" is not an address")]
    [InlineData("--download-certificate-file=tls.crt", "only one is named")]
    [InlineData("--log-format=xml", "--log-format: Argument 'xml'")]
    [InlineData("--no-such-flag", "--no-such-flag")]
    public async Task A_value_that_cannot_be_is_wrong_usage_and_names_the_flag(string flag, string cause)
        => (await AeosProcess.RunAsync("server", NoCluster, flag)).ShouldBeWrongUsage(cause);

    [Theory]
    [InlineData("--features=")]
    [InlineData("--metrics-address=")]
    [InlineData("--download-address=")]
    public async Task An_empty_value_is_one_as_manifests_write_it(string flag)
        => (await AeosProcess.RunAsync("server", NoCluster, flag)).ShouldBeRefused("/nonexistent");

    [Theory]
    [InlineData("--colorized=false", null)]
    [InlineData("--plugin-dir=/plugins", "--plugin-dir does nothing here")]
    [InlineData("-v=4", "-v does nothing here")]
    [InlineData("--alsologtostderr", "--alsologtostderr does nothing here")]
    public async Task Flags_that_Veleros_commands_all_have_are_taken_too(string flag, string? warning)
    {
        var outcome = (await AeosProcess.RunAsync("server", NoCluster, flag)).ShouldBeRefused("/nonexistent");
        outcome.Error.Contains("does nothing here", StringComparison.Ordinal).ShouldBe(warning is not null);
        outcome.Error.ShouldContain(warning ?? "");
    }
}
