using System.Diagnostics.CodeAnalysis;

namespace Aeos.Kubernetes.Authentication;

/// <summary>
/// Credentials of an exec plugin. It runs on first use, again once what it gave has expired, and again when the server refuses that; never twice at
/// the same time, since it may be asking a person.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody takes holds nothing to dispose of.")]
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider time) : CredentialSource
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Credential? _current;
    private DateTimeOffset? _expiry;
    private volatile Credential? _refused;

    public override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || ReferenceEquals(_current, _refused) || time.GetUtcNow() >= _expiry)
            {
                var output = await new ExecProcess(plugin, time).RunAsync(cancellationToken);
                (_current, _expiry) = ExecMessages.Read(output, plugin);
            }

            return _current;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Refuse(Credential refused) => _refused = refused;
}
