using System.Net.Security;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Downloads.Serving;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>The certificate that the endpoint shows, read again once an hour: what was renewed is shown without a restart.</summary>
internal sealed class ServedCertificate : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ICertificateSource _source;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private volatile SslStreamCertificateContext _context;

    private ServedCertificate(ICertificateSource source, SslStreamCertificateContext first, TimeProvider time, ILogger log)
    {
        (_source, _context, _log) = (source, first, log);
        _reading = ReadAgainAsync(time);
    }

    /// <summary>The certificate as it was last read.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <exception cref="AeosException">There is none that can be used.</exception>
    public static async Task<ServedCertificate> LoadAsync(ICertificateSource source, TimeProvider time, ILogger log, CancellationToken cancellationToken)
        => new(source, await source.LoadAsync(cancellationToken).ConfigureAwait(false), time, log);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ReadAgainAsync(TimeProvider time)
    {
        while (true)
        {
            await Task.Delay(Period, time, _end.Token).ConfigureAwait(false);
            try
            {
                _context = await _source.LoadAsync(_end.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is AeosException or KubernetesException)
            {
                DownloadLog.CertificateKept(_log, failure.Message);
            }
        }
    }
}
