using Aeos.Kubernetes.Authentication;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>What a pod is given: the API server's address in its environment; token, authority and namespace in a folder.</summary>
internal static class InCluster
{
    private const string HostVariable = "KUBERNETES_SERVICE_HOST";
    private const string PortVariable = "KUBERNETES_SERVICE_PORT";

    public static bool IsAvailable(ConnectionOptions options)
        => !string.IsNullOrEmpty(options.Environment(HostVariable))
            && !string.IsNullOrEmpty(options.Environment(PortVariable))
            && File.Exists(Path.Combine(options.ServiceAccountFolder, "token"));

    public static ClusterConnection Connect(ConnectionOptions options)
    {
        var host = options.Environment(HostVariable)!;
        var address = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        if (!Uri.TryCreate($"https://{address}:{options.Environment(PortVariable)}", UriKind.Absolute, out var server))
        {
            throw new KubernetesException(
                $"{HostVariable} and {PortVariable} make no address", "Let the kubelet set both, or name a kubeconfig with --kubeconfig.");
        }

        var authorityFile = Path.Combine(options.ServiceAccountFolder, "ca.crt");
        var namespaceFile = Path.Combine(options.ServiceAccountFolder, "namespace");
        return new ClusterConnection(server, "the pod's service account")
        {
            Namespace = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : "default",
            Authorities = File.Exists(authorityFile) ? Authorities.ReadFile(authorityFile, "the pod's service account") : null,
            Credentials = new TokenFileCredentials(Path.Combine(options.ServiceAccountFolder, "token"), null, null, options.Time),
        };
    }
}
