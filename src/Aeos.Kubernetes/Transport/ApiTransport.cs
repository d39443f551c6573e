using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Aeos.Kubernetes.Authentication;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Transport;

/// <summary>Sends requests: brake, credentials, time-out, retries. What comes back is a success, or an exception that says what is wrong.</summary>
internal sealed class ApiTransport : IDisposable
{
    private const int LongestStatus = 256 * 1024;

    private readonly ClusterConnection _connection;
    private readonly KubernetesClientOptions _options;
    private readonly ServerVerification _verification;
    private readonly HandlerFactory _handlers;
    private readonly TokenBucket _bucket;
    private readonly string _prefix;
    private readonly Lock _lock = new();
    private (ClientCertificate? Certificate, HttpMessageInvoker Invoker)? _current;
    private bool _disposed;

    public ApiTransport(ClusterConnection connection, KubernetesClientOptions options)
    {
        _connection = connection;
        _options = options;
        _verification = new ServerVerification(connection);
        _handlers = new HandlerFactory(connection, options, _verification);
        _bucket = new TokenBucket(options.Qps, options.Burst, options.Time);
        _prefix = connection.Server.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    /// <summary>Sends until there is a success; the body is still to be read, and the response to be disposed of.</summary>
    /// <exception cref="KubernetesApiException">The server refused.</exception>
    /// <exception cref="KubernetesException">The server could not be reached, or did not answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 0; ; attempt++)
        {
            await _bucket.WaitAsync(cancellationToken);
            var credential = await _connection.Credentials.GetAsync(cancellationToken);
            TimeSpan? wait;
            try
            {
                var response = await SendOnceAsync(request, credential, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    ReportWarnings(response);
                    return response;
                }

                using (response)
                {
                    if (response.StatusCode == HttpStatusCode.Unauthorized && !renewed && await RenewAsync(credential, cancellationToken))
                    {
                        renewed = true;
                        continue;
                    }

                    wait = RetryRules.AfterAnswer(request.Method, response, _options.Time);
                    if (wait is null || attempt >= _options.MaxRetries)
                    {
                        throw new KubernetesApiException(request.Title, await ReadStatusAsync(response, cancellationToken));
                    }
                }
            }
            catch (HttpRequestException failure)
            {
                wait = RetryRules.AfterFailure(request.Method, failure, attempt);
                if (wait is null || attempt >= _options.MaxRetries)
                {
                    throw Explain(request, failure);
                }
            }

            await Task.Delay(wait.Value < _options.MaxRetryDelay ? wait.Value : _options.MaxRetryDelay, _options.Time, cancellationToken);
        }
    }

    /// <summary>Sends and reads the whole answer, which is known to be of a bounded size; a GET whose answer breaks off is sent again.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(ApiRequest request, int limit, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var response = await SendAsync(request, cancellationToken);
            try
            {
                await using var body = new TimedStream(await response.Content.ReadAsStreamAsync(cancellationToken), _options.RequestTimeout, _options.Time);
                return await BodyReader.ReadAsync(body, limit, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException)
            {
                if (request.Method != HttpMethod.Get || attempt >= _options.MaxRetries)
                {
                    throw new KubernetesException(
                        $"{request.Title}: the answer broke off", "Look whether the request was carried out, and try again.", failure);
                }
            }

            await Task.Delay(RetryRules.Pause(attempt), _options.Time, cancellationToken);
        }
    }

    /// <summary>Sends a WebSocket's handshake: no retries, and anything but 101 is a refusal.</summary>
    public async Task<HttpResponseMessage> UpgradeAsync(HttpRequestMessage handshake, string title, CancellationToken cancellationToken)
    {
        await _bucket.WaitAsync(cancellationToken);
        var credential = await _connection.Credentials.GetAsync(cancellationToken);
        Introduce(handshake, credential);
        var response = await InvokerFor(credential.Certificate).SendAsync(handshake, cancellationToken);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return response;
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                _connection.Credentials.Refuse(credential);
            }

            throw new KubernetesApiException(title, await ReadStatusAsync(response, cancellationToken));
        }
    }

    /// <summary>The whole address of a request.</summary>
    public Uri AddressOf(string target) => new(_prefix + target);

    /// <summary>Turns a failure to reach the server into one that says what to do.</summary>
    public KubernetesException Explain(ApiRequest request, Exception failure)
    {
        var server = _connection.Server.GetLeftPart(UriPartial.Authority);
        var where = $"{request.Title}: {server} ({_connection.Origin})";
        if (failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } || failure.InnerException is AuthenticationException)
        {
            return new KubernetesException(
                $"{where} cannot be trusted: {_verification.LastRefusal ?? failure.InnerException?.Message.TrimEnd('.') ?? "the TLS handshake failed"}",
                "Correct the cluster's certificate-authority, server or tls-server-name in the kubeconfig, or the user's client certificate.",
                failure);
        }

        var reason = failure.InnerException is { } inner ? inner.Message : failure.Message;
        return new KubernetesException(
            $"{where} cannot be reached: {reason.TrimEnd('.')}",
            "Check that the API server runs, that its address is right, and that a firewall or proxy lets it through.", failure);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _current?.Invoker.Dispose();
            _current = null;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, Credential credential, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_options.RequestTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var message = Compose(request, credential);
        try
        {
            return await InvokerFor(credential.Certificate).SendAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesTimeoutException(
                $"{request.Title}: {_connection.Server.GetLeftPart(UriPartial.Authority)} did not answer within {_options.RequestTimeout.TotalSeconds:0} seconds",
                "Try again when the server is less busy.");
        }
    }

    private HttpRequestMessage Compose(ApiRequest request, Credential credential)
    {
        // HTTP/2 where TLS agrees on it, else HTTP/1.1.
        var message = new HttpRequestMessage(request.Method, AddressOf(request.Target))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        Introduce(message, credential);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return message;
    }

    // Who asks, and with what.
    private void Introduce(HttpRequestMessage message, Credential credential)
    {
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.Authorization = credential.Authorization;
        if (_handlers.NeedsHostHeader)
        {
            message.Headers.Host = _connection.TlsServerName;
        }

        foreach (var (name, value) in _connection.Impersonation)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<bool> RenewAsync(Credential refused, CancellationToken cancellationToken)
    {
        _connection.Credentials.Refuse(refused);
        return !ReferenceEquals(await _connection.Credentials.GetAsync(cancellationToken), refused);
    }

    // Another certificate needs other connections. Requests under way keep the old handler alive; its idle connections end by themselves.
    private HttpMessageInvoker InvokerFor(ClientCertificate? certificate)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is { } current && ReferenceEquals(current.Certificate, certificate))
            {
                return current.Invoker;
            }

            var invoker = new HttpMessageInvoker(_handlers.Create(certificate), disposeHandler: true);
            _current = (certificate, invoker);
            return invoker;
        }
    }

    private async Task<KubernetesStatus> ReadStatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = new TimedStream(await response.Content.ReadAsStreamAsync(cancellationToken), _options.RequestTimeout, _options.Time);
            var bytes = await BodyReader.ReadAsync(body, LongestStatus, cancellationToken);
            return KubernetesStatus.Read(bytes, (int)response.StatusCode);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or KubernetesException)
        {
            return new KubernetesStatus { Code = (int)response.StatusCode };
        }
    }

    private void ReportWarnings(HttpResponseMessage response)
    {
        if (_options.OnWarning is { } report)
        {
            foreach (var warning in response.Headers.Warning.Where(warning => warning.Code == 299))
            {
                report(warning.Text.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal));
            }
        }
    }
}
