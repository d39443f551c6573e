using System.Text.Json;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Lists;

/// <summary>One page under way: reads the body piece by piece and hands out what is complete.</summary>
internal sealed class ListPage(HttpResponseMessage response, ApiResource resource, KubernetesClientOptions options) : IDisposable
{
    private readonly ListSplitter _splitter = new(resource.ApiVersion, resource.Kind, options.MaxObjectBytes);
    private TimedStream? _body;

    /// <summary>Items that have been read.</summary>
    public int Count { get; private set; }

    public string Continue => _splitter.Continue;

    public string ResourceVersion => _splitter.ResourceVersion;

    /// <summary>Whether the page has been read to its end; else it was cut off.</summary>
    public bool IsComplete => _splitter.IsComplete;

    /// <summary>What cut it off, if that was an error.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The next item; null at the page's end and where it was cut off.</summary>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        _body ??= new TimedStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.RequestTimeout, options.Time);
        while (true)
        {
            if (TryRead(out var item))
            {
                Count++;
                return item;
            }

            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    public void Dispose()
    {
        _body?.Dispose();
        _splitter.Dispose();
    }

    private bool TryRead(out byte[] item)
    {
        try
        {
            return _splitter.TryRead(out item);
        }
        catch (JsonException failure)
        {
            throw new KubernetesException(
                $"the list of {resource} is malformed: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
                "Look at what serves this resource: it sent no list.");
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_splitter.IsEnded)
        {
            return false;
        }

        try
        {
            _splitter.Fill(await _body!.ReadAsync(_splitter.GetRoom(), cancellationToken));
            return true;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            Failure = failure;
            _splitter.Fill(0);
            return false;
        }
    }
}
