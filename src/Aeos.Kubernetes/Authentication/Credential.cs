using System.Net.Http.Headers;

namespace Aeos.Kubernetes.Authentication;

/// <summary>Who asks: a header, a client certificate, both, or nobody. Not a record: its text would show the header.</summary>
internal sealed class Credential(AuthenticationHeaderValue? authorization, ClientCertificate? certificate)
{
    public static Credential Anonymous { get; } = new(null, null);

    public AuthenticationHeaderValue? Authorization { get; } = authorization;

    public ClientCertificate? Certificate { get; } = certificate;

    public static Credential Bearer(string token, ClientCertificate? certificate = null) => new(new AuthenticationHeaderValue("Bearer", token), certificate);
}
