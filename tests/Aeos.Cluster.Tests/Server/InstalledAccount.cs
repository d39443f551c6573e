using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Server.OfficialClient;
using Aeos.Kubernetes.Configuration;
using Aeos.Server.Installation;

namespace Aeos.Cluster.Tests.Server;

/// <summary>
/// A server's own account, as <c>aeos install</c> makes it: where a real API server looks at permissions, a server under test has these and no others.
/// </summary>
/// <param name="room">The cluster.</param>
/// <param name="namespace">The server's namespace.</param>
internal sealed class InstalledAccount(ClusterRoom room, string @namespace)
{
    // One of each role: the API server hears of roles a moment after it has taken them.
    private static readonly (string Group, string Resource, string Verb)[] Allowed =
        [("", "pods", "list"), ("", "namespaces", "create"), ("coordination.k8s.io", "leases", "create"), ("velero.io", "backups", "delete")];

    /// <summary>Installs, and connects as the account.</summary>
    /// <param name="folder">Gets a kubeconfig with the account's token.</param>
    public async Task<ClusterConnection> ConnectAsync(string folder)
    {
        await new ServerInstaller(room.Client, new InstallationOptions { Namespace = @namespace }, TimeProvider.System).InstallAsync(static _ => { }, null, default);
        using var cluster = RawCluster.Open(room);
        var request = """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""";
        var token = await PostAsync(cluster, $"api/v1/namespaces/{@namespace}/serviceaccounts/aeos/token", request);
        var bearer = token["status"]!["token"]!.ToString();
        cluster.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var (group, resource, verb) in Allowed)
        {
            while (!await IsAllowedAsync(cluster, group, resource, verb))
            {
                await Task.Delay(20, patience.Token);
            }
        }

        var file = Path.Combine(folder, "kubeconfig");
        await File.WriteAllTextAsync(file, $$$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"c","contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}],
             "clusters":[{"name":"c","cluster":{"server":"{{{{room.Connection.Server}}}}","insecure-skip-tls-verify":true}}],"users":[{"name":"u","user":{"token":"{{{{bearer}}}}"}}]}
            """);
        return ClusterConnection.Find(new ConnectionOptions { Kubeconfig = file });
    }

    private static async Task<JsonObject> PostAsync(HttpClient cluster, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await cluster.PostAsync(path, content);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private async Task<bool> IsAllowedAsync(HttpClient cluster, string group, string resource, string verb)
    {
        var review = await PostAsync(cluster, "apis/authorization.k8s.io/v1/selfsubjectaccessreviews", $$$$"""
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"namespace":"{{{{@namespace}}}}","group":"{{{{group}}}}","resource":"{{{{resource}}}}","verb":"{{{{verb}}}}"}}}
            """);
        return (bool)review["status"]!["allowed"]!;
    }
}
