namespace Aeos.Kubernetes.Authentication;

/// <summary>Where credentials come from, asked before each request.</summary>
internal abstract class CredentialSource
{
    public abstract ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Says that the server answered 401 to this credential; the next one may be another.</summary>
    public virtual void Refuse(Credential refused)
    {
    }
}
