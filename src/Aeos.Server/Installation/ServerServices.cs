using System.Text.Json.Nodes;
using Aeos.Server.Downloads;

namespace Aeos.Server.Installation;

/// <summary>The Services in front of the server.</summary>
public static class ServerServices
{
    /// <summary>The Service of the endpoint for downloads.</summary>
    public const string Downloads = DownloadService.ServiceName;

    /// <summary>The port of the endpoint for downloads.</summary>
    public const int DownloadsPort = 8443;

    /// <summary>The Service of the metrics.</summary>
    public const string Metrics = "aeos-metrics";

    /// <summary>The port of the metrics and of <c>/healthz</c>: Velero's.</summary>
    public const int MetricsPort = 8085;

    /// <summary>The labels of the server's pods.</summary>
    internal static JsonObject PodSelector() => new() { ["app.kubernetes.io/component"] = "server", ["app.kubernetes.io/name"] = "aeos" };

    internal static IEnumerable<JsonObject> Manifests(string @namespace) => [Service(Downloads, @namespace, "https", DownloadsPort), Service(Metrics, @namespace, "metrics", MetricsPort)];

    private static JsonObject Service(string name, string @namespace, string portName, int port)
    {
        var service = Manifest.Of("v1", "Service", name, @namespace);
        service["spec"] = new JsonObject
        {
            ["ports"] = new JsonArray(new JsonObject { ["name"] = portName, ["port"] = port, ["protocol"] = "TCP", ["targetPort"] = portName }),
            ["selector"] = PodSelector(),
        };
        return service;
    }
}
