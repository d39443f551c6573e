using System.Text.Json;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Watches;

/// <summary>One connection of a watch: its events until it ends, however it ends.</summary>
internal sealed class WatchConnection(HttpResponseMessage response, KubernetesClientOptions options, TimeSpan lifetime) : IDisposable
{
    private readonly EventSplitter _splitter = new(options.MaxObjectBytes);
    private Stream? _body;

    /// <summary>What ended it, if that was no orderly end.</summary>
    public KubernetesException? Failure { get; private set; }

    /// <summary>The next event; null at the end.</summary>
    public async ValueTask<(string Type, byte[] Object)?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The server ends a watch by itself after its time; a silence longer than that is a connection that died unnoticed.
            _body ??= new TimedStream(await response.Content.ReadAsStreamAsync(cancellationToken), lifetime, options.Time);
            while (true)
            {
                if (_splitter.TryRead(out var type, out var item))
                {
                    return (type, item);
                }

                var count = await _body.ReadAsync(_splitter.GetRoom(), cancellationToken);
                if (count == 0)
                {
                    return null;
                }

                _splitter.Fill(count);
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or JsonException)
        {
            Failure = new KubernetesException("a watch broke off", "Nothing: it is taken up again.", failure);
            return null;
        }
        catch (KubernetesTimeoutException failure)
        {
            Failure = failure;
            return null;
        }
    }

    public void Dispose()
    {
        _body?.Dispose();
        _splitter.Dispose();
        response.Dispose();
    }
}
