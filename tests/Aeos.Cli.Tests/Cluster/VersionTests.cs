using Aeos.Cli.Tests.Running;
using Aeos.Server.Resources;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

public sealed class VersionTests : ClusterRoom
{
    private ResourceClient<ServerStatusRequestDocument> Requests => Bench.Of(VeleroTypes.ServerStatusRequests);

    [Fact]
    public async Task The_servers_version_is_asked_of_it()
    {
        var running = AeosAsync("version", "--timeout", "1m");
        var asked = (await Eventually.BecomesAsync<ServerStatusRequestDocument?>(FindAsync, static found => found is not null, "the request"))!;
        await Requests.PatchAsync(asked, asked with { Status = new ServerStatusRequestStatus { Phase = ServerStatusRequestPhase.Processed, ServerVersion = "v1.18.1" } }, default);
        (await running).ShouldBeDone().Text.ShouldMatch("^Client:\n  Version: [0-9].*\nServer:\n  Version: v1.18.1\n$");
    }

    [Fact]
    public async Task Where_no_server_is_the_clients_version_is_printed_and_no_request_left()
    {
        var outcome = (await AeosAsync("version", "--timeout", "300ms")).ShouldBeRefused("no server in the namespace velero");
        outcome.Text.ShouldStartWith("Client:\n");
        (await FindAsync()).ShouldBeNull();
        (await AeosProcess.RunAsync("version", "--client-only", "--kubeconfig", At("missing"))).ShouldBeDone().Text.ShouldNotContain("Server:");
    }

    private async Task<ServerStatusRequestDocument?> FindAsync()
    {
        await foreach (var request in Requests.ListAsync(null, default))
        {
            return request;
        }

        return null;
    }
}
