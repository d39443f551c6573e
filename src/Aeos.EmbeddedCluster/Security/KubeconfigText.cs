using System.Text;

namespace Aeos.Embedded.Security;

/// <summary>The kubeconfig that leads to the cluster, with everything inline.</summary>
internal static class KubeconfigText
{
    public static string Of(Uri address, EmbeddedClusterOptions options, ClusterCertificates certificates)
    {
        var text = new StringBuilder();
        text.Append("apiVersion: v1\nkind: Config\nclusters:\n- name: embedded\n  cluster:\n    server: ").Append(address.GetLeftPart(UriPartial.Authority)).Append('\n');
        if (options.Tls)
        {
            text.Append("    certificate-authority-data: ").Append(Encode(certificates.AuthorityPem)).Append('\n');
        }

        text.Append("contexts:\n- name: embedded\n  context:\n    cluster: embedded\n    user: embedded\ncurrent-context: embedded\nusers:\n- name: embedded\n  user:");
        if (options.BearerToken is not null)
        {
            text.Append("\n    token: \"").Append(options.BearerToken).Append("\"\n");
        }
        else if (options.ClientCertificates)
        {
            text.Append("\n    client-certificate-data: ").Append(Encode(certificates.ClientPem));
            text.Append("\n    client-key-data: ").Append(Encode(certificates.ClientKeyPem)).Append('\n');
        }
        else
        {
            text.Append(" {}\n");
        }

        return text.ToString();
    }

    private static string Encode(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
