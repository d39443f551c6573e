using System.Security.Cryptography.X509Certificates;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Follows a context to its cluster and its user, and makes a connection of the three.</summary>
internal sealed class ContextResolver(Kubeconfig kubeconfig, ConnectionOptions options)
{
    public ClusterConnection Resolve()
    {
        if (kubeconfig.IsEmpty)
        {
            throw new KubernetesException(
                $"there is no kubeconfig (looked for {string.Join(", ", kubeconfig.Places)}), and this process does not run in a pod",
                "Name one with --kubeconfig or KUBECONFIG.");
        }

        var name = options.Context ?? kubeconfig.CurrentContext;
        if (name.Length == 0)
        {
            throw new KubernetesException(
                $"{Files} sets no current-context", $"Choose one with --context; there {Known(kubeconfig.Contexts)}.");
        }

        var context = Find(kubeconfig.Contexts, name, "context", Files);
        var clusterName = context.Fields.Text("cluster");
        var cluster = Find(kubeconfig.Clusters, clusterName, "cluster", context.Fields.Origin);
        var server = ReadServer(cluster.Fields);

        // As client-go: who asks is told over TLS only.
        var user = ReadUser(context, server.Scheme == Uri.UriSchemeHttps, cluster);
        var defaultNamespace = context.Fields.Text("namespace");
        return new ClusterConnection(server, $"context {name} of {cluster.File}")
        {
            Context = name,
            Namespace = defaultNamespace.Length == 0 ? "default" : defaultNamespace,
            SkipsVerification = cluster.Fields.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Fields.Text("tls-server-name"),
            Authorities = ReadAuthorities(cluster),
            Proxy = ReadProxy(cluster.Fields),
            DisableCompression = cluster.Fields.Flag("disable-compression"),
            Credentials = user.Credentials,
            Impersonation = user.Impersonation,
        };
    }

    private string Files => $"kubeconfig {string.Join(", ", kubeconfig.Places.Where(File.Exists))}";

    private UserCredentials ReadUser(KubeconfigEntry context, bool overTls, KubeconfigEntry cluster)
    {
        var name = context.Fields.Text("user");
        var entry = name.Length == 0 ? null : Find(kubeconfig.Users, name, "user", context.Fields.Origin);
        return entry is null ? UserCredentials.Nobody : new UserReader(entry, cluster, options.Time).Read(overTls);
    }

    private static KubeconfigEntry Find(IReadOnlyDictionary<string, KubeconfigEntry> entries, string name, string kind, string referredBy)
        => entries.TryGetValue(name, out var entry) ? entry : throw new KubernetesException(
            name.Length == 0 ? $"{referredBy} names no {kind}" : $"{referredBy} has no {kind} named {name}",
            kind == "context" ? $"Choose another with --context; there {Known(entries)}." : $"Correct the context, or add the {kind}; there {Known(entries)}.");

    private static string Known(IReadOnlyDictionary<string, KubeconfigEntry> entries)
        => entries.Count == 0 ? "is none" : $"is {string.Join(", ", entries.Keys.Order(StringComparer.Ordinal))}";

    private static Uri ReadServer(YamlEntry cluster)
    {
        var text = cluster.Text("server");
        if (text.Length == 0)
        {
            throw cluster.Refuse("server is missing");
        }

        // client-go takes a bare host and port as http.
        var address = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" && server.UserInfo.Length == 0
            ? new Uri(server.GetLeftPart(UriPartial.Path))
            : throw cluster.Refuse("server is not an http or https address");
    }

    private static Uri? ReadProxy(YamlEntry cluster)
    {
        var text = cluster.Text("proxy-url");
        return text.Length == 0 ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5" ? proxy
            : throw cluster.Refuse("proxy-url is not an http, https or socks5 address");
    }

    private static X509Certificate2Collection? ReadAuthorities(KubeconfigEntry cluster)
    {
        // Data goes before a file, as with kubectl.
        var data = cluster.Fields.Data("certificate-authority-data");
        var file = cluster.Path("certificate-authority");
        var given = data.Length > 0 || file.Length > 0;
        if (given && cluster.Fields.Flag("insecure-skip-tls-verify"))
        {
            throw cluster.Fields.Refuse("insecure-skip-tls-verify is set, and so is a certificate authority: only one of them can be meant");
        }

        return data.Length > 0 ? Authorities.Read(data, $"{cluster.Fields.Origin}: certificate-authority-data")
            : file.Length > 0 ? Authorities.ReadFile(file, cluster.Fields.Origin)
            : null;
    }
}
