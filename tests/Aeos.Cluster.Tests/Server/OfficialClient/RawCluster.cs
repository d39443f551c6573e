using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.RegularExpressions;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>A plain HTTP client for a room's cluster: no library of ours stands between a played request and the API.</summary>
internal static partial class RawCluster
{
    public static HttpClient Open(ClusterRoom room)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None || room.Connection.SkipsVerification;
        var http = new HttpClient(handler) { BaseAddress = room.Connection.Server, Timeout = Timeout.InfiniteTimeSpan };
        if (ClusterRoom.Kubeconfig is { } kubeconfig)
        {
            var token = Token().Match(File.ReadAllText(kubeconfig));
            token.Success.ShouldBeTrue("These tests need a kubeconfig with a token.");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Groups[1].Value);
        }

        return http;
    }

    [GeneratedRegex("""token:\s*"?([^\s"}]+)""")]
    private static partial Regex Token();
}
