using System.Globalization;
using Azure.Core;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>
/// Reads a blob from its first byte to its last, over as many connections as that takes: where one breaks or stalls, the next goes on, and the ETag
/// makes sure that it is the same blob still. Not safe for concurrent use.
/// </summary>
internal sealed class BlobReadStream : ForwardReadStream
{
    private readonly BlobContainer _container;
    private readonly string _key;
    private readonly TransferOptions _options;
    private readonly TimeProvider _time;
    private readonly string _etag;
    private readonly long _length;
    private HttpMessage? _message;
    private Stream? _body;
    private long _position;
    private long _resumedAt;
    private int _resumes;

    private BlobReadStream(BlobContainer container, string key, TransferOptions options, TimeProvider time, HttpMessage message)
    {
        _container = container;
        _key = key;
        _options = options;
        _time = time;
        _message = message;
        _body = message.Response.ContentStream ?? Null;
        _etag = message.Response.Headers.TryGetValue("ETag", out var etag) ? etag! : "";
        _length = message.Response.Headers.TryGetValue("Content-Length", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : -1;
    }

    /// <summary>Asks for the blob.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public static async ValueTask<Stream> OpenAsync(
        BlobContainer container, string key, TransferOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var message = await container.GetAsync(key, 0, "", cancellationToken).ConfigureAwait(false);
        var stream = new BlobReadStream(container, key, options, time, message);
        if (stream._length >= 0 && stream._etag.Length > 0)
        {
            return stream;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        throw new ObjectStoreException(
            $"cannot read \"{key}\" from {container.Endpoint}: the answer lacks its length or its ETag",
            "Check whether a proxy answers in Azure's place.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        while (_position < _length)
        {
            Exception? broken = null;
            try
            {
                _body ??= await ResumeAsync(cancellationToken).ConfigureAwait(false);
                var want = (int)Math.Min(buffer.Length, _length - _position);
                var count = await _body.ReadAsync(buffer[..want], cancellationToken).ConfigureAwait(false);
                if (count > 0)
                {
                    _position += count;
                    return count;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                broken = e;
            }

            await BreakAsync(broken, cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close(ref _body);
            _message?.Dispose();
            _message = null;
        }

        base.Dispose(disposing);
    }

    private static void Close(ref Stream? body)
    {
        body?.Dispose();
        body = null;
    }

    private async ValueTask<Stream> ResumeAsync(CancellationToken cancellationToken)
    {
        _message = await _container.GetAsync(_key, _position, _etag, cancellationToken).ConfigureAwait(false);
        var stream = _message.Response.ContentStream ?? Null;
        // A server that sends other bytes than those asked for would splice the object wrongly.
        var starts = string.Create(CultureInfo.InvariantCulture, $"bytes {_position}-");
        if (_position > 0 && !(_message.Response.Headers.TryGetValue("Content-Range", out var range) && range!.StartsWith(starts, StringComparison.Ordinal)))
        {
            throw new ObjectStoreException(
                $"cannot read \"{_key}\" from {_container.Endpoint}: the answer holds another range than the one asked for",
                "Check whether a proxy answers in Azure's place.");
        }

        return stream;
    }

    /// <summary>The connection broke: waits a little, longer each time, and gives up when going on gains nothing.</summary>
    private async ValueTask BreakAsync(Exception? cause, CancellationToken cancellationToken)
    {
        Close(ref _body);
        _message?.Dispose();
        _message = null;
        if (_position - _resumedAt >= _options.ResumeProgress)
        {
            _resumes = 0;
        }

        _resumedAt = _position;
        if (_resumes == _options.MaxResumes)
        {
            throw new ObjectStoreException(
                $"cannot read \"{_key}\" from {_container.Endpoint}: the connection broke again and again, the last time after {_position} of {_length} bytes",
                "Check the network between this pod and the storage account, then try again.",
                cause);
        }

        var wait = _options.RetryDelay * (Math.Pow(2, _resumes++) * (0.5 + Random.Shared.NextDouble()));
        await Task.Delay(wait < _options.MaxRetryDelay ? wait : _options.MaxRetryDelay, _time, cancellationToken).ConfigureAwait(false);
    }
}
