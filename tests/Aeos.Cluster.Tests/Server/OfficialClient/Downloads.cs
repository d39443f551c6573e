using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays how the client gets at objects: a DownloadRequest, and a look at it every 25 ms until it has an address.</summary>
internal sealed class Downloads(VeleroClient client)
{
    /// <summary>Asks for an address.</summary>
    /// <param name="kind">What of it, such as <c>BackupLog</c>.</param>
    /// <param name="name">The backup's or the restore's name.</param>
    public async Task<Uri> AddressAsync(string kind, string name)
    {
        var request = $"{name}-{Guid.NewGuid()}";
        var made = await client.CreateAsync("downloadrequests", $$$$"""
            {"kind":"DownloadRequest","apiVersion":"velero.io/v1","metadata":{"name":"{{{{request}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null},"spec":{"target":{"kind":"{{{{kind}}}}","name":"{{{{name}}}}"}},"status":{}}
            """);
        made.ShouldBe(HttpStatusCode.Created);
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), client.Patience);
            var now = (await client.GetAsync("downloadrequests", request)).ShouldBe(HttpStatusCode.OK);
            if (now.Text("status", "downloadURL") is { Length: > 0 } address)
            {
                return new Uri(address);
            }
        }
    }
}
