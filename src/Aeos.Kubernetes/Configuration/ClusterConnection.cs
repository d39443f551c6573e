using System.Security.Cryptography.X509Certificates;
using Aeos.Kubernetes.Authentication;

namespace Aeos.Kubernetes.Configuration;

/// <summary>
/// Everything that it takes to talk to one cluster as one user: where it is, how to know it, who asks. Made from a kubeconfig, from
/// what a pod is given, or from a bare address.
/// </summary>
public sealed class ClusterConnection
{
    internal ClusterConnection(Uri server, string origin)
    {
        Server = server;
        Origin = origin;
    }

    /// <summary>The API server's address; its path, if it has one, is a prefix of all requests.</summary>
    public Uri Server { get; }

    /// <summary>Where this connection is configured, for people: a context and its file, or the pod.</summary>
    public string Origin { get; }

    /// <summary>The namespace of the context or of the pod; <c>default</c> where they name none.</summary>
    public string Namespace { get; internal init; } = "default";

    /// <summary>The context's name in the kubeconfig; empty without one.</summary>
    public string Context { get; internal init; } = "";

    /// <summary>Whether any server certificate is taken (<c>insecure-skip-tls-verify</c>).</summary>
    public bool SkipsVerification { get; internal init; }

    internal string TlsServerName { get; init; } = "";

    internal X509Certificate2Collection? Authorities { get; init; }

    internal Uri? Proxy { get; init; }

    internal bool DisableCompression { get; init; }

    internal CredentialSource Credentials { get; init; } = FixedCredentials.Anonymous;

    internal IReadOnlyList<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>A connection to a bare address, as nobody, such as to an embedded cluster or to <c>kubectl proxy</c>.</summary>
    /// <param name="server">The address; <c>https</c> is verified against the system's authorities.</param>
    public static ClusterConnection ForServer(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new ClusterConnection(server, server.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>
    /// The cluster that the user means, found as kubectl and Velero find it: the given kubeconfig; else the files in <c>KUBECONFIG</c>; else
    /// <c>~/.kube/config</c>; else, when they are not there or empty, what a pod is given.
    /// </summary>
    /// <param name="options">What the user asked for.</param>
    /// <exception cref="Errors.KubernetesException">There is no configuration, or it breaks a rule; the message names the file, the entry and the rule.</exception>
    public static ClusterConnection Find(ConnectionOptions? options = null)
    {
        options ??= new ConnectionOptions();
        var kubeconfig = Kubeconfig.Load(options);
        return kubeconfig.IsEmpty && options.Kubeconfig is null && InCluster.IsAvailable(options)
            ? InCluster.Connect(options)
            : new ContextResolver(kubeconfig, options).Resolve();
    }
}
