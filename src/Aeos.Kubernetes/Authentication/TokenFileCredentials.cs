using System.Diagnostics.CodeAnalysis;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Authentication;

/// <summary>
/// A token in a file that someone else renews, as the kubelet renews a pod's: read again every minute, and at once when the server refuses it. While
/// the file cannot be read the last token stays in use, as in client-go.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="initialToken">What to use while the file has never been readable, or null.</param>
/// <param name="certificate">A client certificate to show beside it, or null.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody takes holds nothing to dispose of.")]
internal sealed class TokenFileCredentials(string path, string? initialToken, ClientCertificate? certificate, TimeProvider time) : CredentialSource
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Credential? _current = string.IsNullOrEmpty(initialToken) ? null : Credential.Bearer(initialToken, certificate);
    private string? _token = initialToken;
    private long? _readAt;
    private volatile Credential? _refused;

    public override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || ReferenceEquals(_current, _refused) || _readAt is not { } at || time.GetElapsedTime(at) >= Period)
            {
                await ReadAsync(cancellationToken);
            }

            return _current!;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Refuse(Credential refused) => _refused = refused;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            if (token.Length == 0)
            {
                throw new IOException("it is empty");
            }

            if (_current is null || token != _token)
            {
                _current = Credential.Bearer(token, certificate);
                _token = token;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            if (_current is null)
            {
                // No FormatException goes inside: it would quote the token.
                throw new KubernetesException(
                    $"the token file {path} cannot be used: {(failure is FormatException ? "it holds no token" : failure.Message.TrimEnd('.'))}",
                    "Let the file hold the token and be readable to this process.");
            }
        }

        _refused = null;
        _readAt = time.GetTimestamp();
    }
}
