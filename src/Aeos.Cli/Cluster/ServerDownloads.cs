using System.Net;
using System.Security.Authentication;
using Aeos.Cli.Engine;
using Aeos.Encryption;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>
/// Fetches what the server hands out: asks for an address with a DownloadRequest, waits for it, and downloads from there. The address is a secret for as long as it lasts, and is
/// never shown; the server deletes the request.
/// </summary>
internal sealed class ServerDownloads : IDisposable
{
    // What is read of an answer that is no object, in bytes.
    private const int LongestRefusal = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly ServerResources _resources;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private bool _isSilent;

    /// <param name="resources">The server's resources.</param>
    /// <param name="trust">Whose certificates are good enough.</param>
    /// <param name="timeout">How long the server is waited for.</param>
    /// <param name="time">The clock.</param>
    public ServerDownloads(ServerResources resources, DownloadTrust trust, TimeSpan timeout, TimeProvider time)
    {
        (_resources, Trust, _timeout, _time) = (resources, trust, timeout, time);
        var handler = new SocketsHttpHandler { ConnectTimeout = timeout };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trust.Accepts(certificate, chain, errors);
        _http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Whose certificates are good enough.</summary>
    public DownloadTrust Trust { get; }

    /// <summary>Opens an object as it is handed out: gzip.</summary>
    /// <exception cref="PartMissingException">It is not there.</exception>
    /// <exception cref="AeosException">The server does not answer, or refuses.</exception>
    public async Task<Stream> OpenAsync(RecordPart part, CancellationToken cancellationToken)
    {
        if (_isSilent)
        {
            throw Silent(part);
        }

        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await FetchAsync(part, await AskAsync(part, both.Token).ConfigureAwait(false), both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What comes next would be waited for in vain as long.
            _isSilent = true;
            throw Silent(part);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Uri> AskAsync(RecordPart part, CancellationToken cancellationToken)
    {
        var requests = _resources.Of(VeleroTypes.DownloadRequests);
        var asked = await _resources.CreateNamedAsync(
            VeleroTypes.DownloadRequests,
            part.Name,
            name => new DownloadRequestDocument
            {
                Metadata = new DocumentMetadata { Name = name, Namespace = _resources.Namespace },
                Spec = new DownloadRequestSpec { Target = new DownloadTarget { Kind = part.Kind, Name = part.Name } },
            },
            cancellationToken).ConfigureAwait(false);
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            var answer = await requests.TryGetAsync(asked.Metadata.Name, cancellationToken).ConfigureAwait(false) ?? throw new AeosException(
                $"the request to download {part.Key} was deleted before it was answered", "Run the command again, and look into the server's log when it stays so.");
            if (answer.Status.DownloadUrl is { Length: > 0 } url)
            {
                return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                    ? address : throw new AeosException($"the address to download {part.Key} from is none of HTTP", "Look at who answers DownloadRequests in the cluster.");
            }
        }
    }

    private async Task<Stream> FetchAsync(RecordPart part, Uri address, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw Unreachable(address, failure);
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            return new DownloadBody(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), part.Key);
        }

        using (response)
        {
            throw response.StatusCode == HttpStatusCode.NotFound ? new PartMissingException(part.Key) : new AeosException(
                $"{address.Host} answered {(int)response.StatusCode} instead of {part.Key}: {await ReasonAsync(response, cancellationToken).ConfigureAwait(false)}",
                "The server's log says more. A bucket is read without it with --location FILE.");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var text = new byte[LongestRefusal];
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var read = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return System.Text.Encoding.UTF8.GetString(text.AsSpan(0, read)).ReplaceLineEndings(" ").Trim().TrimEnd('.');
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            return "without a word";
        }
    }

    private AeosException Unreachable(Uri address, HttpRequestException failure) => failure.InnerException is AuthenticationException
        ? new AeosException(
            $"the certificate of {address.Host} is not trusted",
            $"Give its authority with --cacert FILE; that of the server's download endpoint is in a Secret: kubectl -n {_resources.Namespace} get secret {ClusterRecords.CertificateSecret} -o jsonpath='{{.data.ca\\.crt}}' | base64 -d > ca.crt.",
            failure)
        : new AeosException(
            $"{address.Host} cannot be reached: {failure.Message.TrimEnd('.')}",
            "The server's own endpoint is inside the cluster unless --download-url says otherwise (docs/operations.md, Downloading from outside the cluster). Or read the bucket with --location FILE.",
            failure);

    private AeosException Silent(RecordPart part) => new(
        $"the server has not said within {DurationText.Format(_timeout)} where {Printable.Escape(part.Key)} can be downloaded",
        $"See that it runs and what its log says (kubectl -n {_resources.Namespace} logs deployment/aeos), wait longer with --timeout, or read the bucket with --location FILE.");
}
