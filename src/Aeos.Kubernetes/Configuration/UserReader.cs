using System.Net.Http.Headers;
using System.Text;
using Aeos.Kubernetes.Authentication;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Reads a kubeconfig's user (v1 AuthInfo). Fixed credentials go before an exec plugin, as in client-go.</summary>
internal sealed class UserReader(KubeconfigEntry user, KubeconfigEntry cluster, TimeProvider time)
{
    private YamlEntry Fields => user.Fields;

    public UserCredentials Read(bool overTls)
    {
        var impersonation = ReadImpersonation();
        return new UserCredentials(overTls ? ReadCredentials() : FixedCredentials.Anonymous, impersonation);
    }

    private CredentialSource ReadCredentials()
    {
        var (token, tokenFile) = (Fields.Text("token"), user.Path("tokenFile"));
        var (name, password) = (Fields.Text("username"), Fields.Text("password"));
        if (token.Length + tokenFile.Length > 0 && name.Length + password.Length > 0)
        {
            throw Fields.Refuse("it has a token and a username: only one way to authenticate is allowed");
        }

        if (Fields.Names.Contains("auth-provider"))
        {
            throw Fields.Refuse("auth-provider was removed from Kubernetes; an exec plugin replaces it");
        }

        var certificate = ReadCertificate();
        if (tokenFile.Length > 0)
        {
            return new TokenFileCredentials(tokenFile, token, certificate, time);
        }

        if (token.Length > 0)
        {
            return token.AsSpan().ContainsAny('\r', '\n') ? throw Fields.Refuse("token has a line break in it")
                : new FixedCredentials(Credential.Bearer(token, certificate));
        }

        if (name.Length + password.Length > 0)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));
            return new FixedCredentials(new Credential(new AuthenticationHeaderValue("Basic", basic), certificate));
        }

        return certificate is not null ? new FixedCredentials(new Credential(null, certificate))
            : Fields.Entry("exec") is { } exec ? new ExecCredentials(new ExecPluginReader(user, exec, cluster).Read(), time)
            : FixedCredentials.Anonymous;
    }

    private ClientCertificate? ReadCertificate()
    {
        var certificate = ReadPem("client-certificate");
        var key = ReadPem("client-key");
        if (certificate.Length == 0)
        {
            return null;
        }

        return key.Length > 0 ? ClientCertificate.Read(certificate, key, Fields.Origin)
            : throw Fields.Refuse("client-certificate is given, and client-key or client-key-data is missing");
    }

    // Data goes before a file, as with kubectl.
    private string ReadPem(string name)
    {
        var data = Fields.Data($"{name}-data");
        var file = user.Path(name);
        return data.Length > 0 || file.Length == 0 ? data : ConfigurationFile.ReadText(file, $"{Fields.Origin}: {name}");
    }

    private List<KeyValuePair<string, string>> ReadImpersonation()
    {
        var (name, uid, groups, extra) = (Fields.Text("as"), Fields.Text("as-uid"), Fields.Texts("as-groups"), Fields.Entry("as-user-extra"));
        if (name.Length == 0)
        {
            return uid.Length > 0 || groups.Count > 0 || extra is not null
                ? throw Fields.Refuse("as-uid, as-groups and as-user-extra need as")
                : [];
        }

        List<KeyValuePair<string, string>> headers = [new("Impersonate-User", name)];
        if (uid.Length > 0)
        {
            headers.Add(new("Impersonate-Uid", uid));
        }

        AddOne(headers, "Impersonate-Group", groups, "as-groups");
        foreach (var key in extra?.Names ?? [])
        {
            AddOne(headers, $"Impersonate-Extra-{Uri.EscapeDataString(key)}", extra!.Texts(key), $"as-user-extra {key}");
        }

        return headers;
    }

    // The BCL joins several values of such a header into one, which would be a group of another name.
    private void AddOne(List<KeyValuePair<string, string>> headers, string header, IReadOnlyList<string> values, string field)
    {
        if (values.Count > 1)
        {
            throw Fields.Refuse($"{field} has more than one value, which this client cannot send");
        }

        headers.AddRange(values.Select(value => KeyValuePair.Create(header, value)));
    }
}
