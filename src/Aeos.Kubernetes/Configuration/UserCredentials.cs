using Aeos.Kubernetes.Authentication;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Who a kubeconfig's user is, and whom it acts as.</summary>
/// <param name="Credentials">Who asks.</param>
/// <param name="Impersonation">The Impersonate headers.</param>
internal sealed record UserCredentials(CredentialSource Credentials, IReadOnlyList<KeyValuePair<string, string>> Impersonation)
{
    public static UserCredentials Nobody { get; } = new(FixedCredentials.Anonymous, []);
}
