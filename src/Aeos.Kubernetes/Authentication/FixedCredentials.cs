namespace Aeos.Kubernetes.Authentication;

/// <summary>Credentials that never change: a token, a name and password, a certificate, or nobody.</summary>
internal sealed class FixedCredentials(Credential credential) : CredentialSource
{
    public static FixedCredentials Anonymous { get; } = new(Credential.Anonymous);

    public override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(credential);
}
