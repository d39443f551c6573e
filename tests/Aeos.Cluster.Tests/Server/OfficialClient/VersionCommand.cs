using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>velero version</c> and <c>velero plugin get</c>: both ask the server by a ServerStatusRequest, and look every 250 ms.</summary>
internal sealed class VersionCommand(VeleroClient client)
{
    public async Task<Answer> RunAsync()
    {
        await client.BeginAsync();
        var made = (await client.CreateAsync("serverstatusrequests", $$$$"""
            {"kind":"ServerStatusRequest","apiVersion":"velero.io/v1","metadata":{"generateName":"velero-cli-","namespace":"{{{{client.Namespace}}}}","resourceVersion":"0","creationTimestamp":null},"spec":{},"status":{}}
            """)).ShouldBe(HttpStatusCode.Created);
        made.Name.ShouldStartWith("velero-cli-");
        while (true)
        {
            var now = (await client.GetAsync("serverstatusrequests", made.Name)).ShouldBe(HttpStatusCode.OK);
            if (now.Phase == "Processed")
            {
                return now;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), client.Patience);
        }
    }
}
