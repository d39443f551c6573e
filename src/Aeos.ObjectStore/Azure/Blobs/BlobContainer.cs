using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Azure.Identity;
using Aeos.ObjectStore.Azure.Signing;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>The requests that a container answers, one method each; every failure is an error for a person.</summary>
/// <param name="pipeline">Authorizes, sends and retries.</param>
/// <param name="endpoint">The container.</param>
/// <param name="credential">For the story in an error.</param>
/// <param name="options">Time-outs and page size.</param>
/// <param name="encryptionScope">The service's own encryption scope for what is written (<c>x-ms-encryption-scope</c>), or null.</param>
internal sealed class BlobContainer(
    HttpPipeline pipeline, BlobEndpoint endpoint, ChosenCredential credential, TransferOptions options, string? encryptionScope)
{
    /// <summary>The container.</summary>
    public BlobEndpoint Endpoint { get; } = endpoint;

    /// <summary>Writes a whole blob in one request ("Put Blob"), in place of what was there.</summary>
    public async Task PutBlobAsync(string key, BlockBuffer? content, CancellationToken cancellationToken)
    {
        using var message = Message(RequestMethod.Put, Endpoint.BlobUri(key));
        message.Request.Headers.Add("x-ms-blob-type", "BlockBlob");
        AddBody(message, content is null ? RequestContent.Create(ReadOnlyMemory<byte>.Empty) : new BlockContent(content), content);
        await SendAsync(message, $"write \"{key}\" to {Endpoint}", 201, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a block that nobody sees until it is committed ("Put Block").</summary>
    public async Task PutBlockAsync(string key, string blockId, BlockBuffer content, CancellationToken cancellationToken)
    {
        using var message = Message(RequestMethod.Put, Endpoint.BlobUri(key), ("comp", "block"), ("blockid", blockId));
        AddBody(message, new BlockContent(content), content);
        await SendAsync(message, $"write a part of \"{key}\" to {Endpoint}", 201, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a blob of the blocks, in this order, in place of what was there ("Put Block List").</summary>
    public async Task PutBlockListAsync(string key, IReadOnlyList<string> blockIds, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (var id in blockIds)
        {
            // "Latest", not "Uncommitted": when the answer to a commit is lost, its retry finds the blocks committed already.
            list.Append("<Latest>").Append(id).Append("</Latest>");
        }

        var body = Encoding.UTF8.GetBytes(list.Append("</BlockList>").ToString());
        using var message = Message(RequestMethod.Put, Endpoint.BlobUri(key), ("comp", "blocklist"));
        message.Request.Headers.Add("Content-Type", "application/xml");
        message.Request.Headers.Add("x-ms-blob-content-type", "application/octet-stream");
        AddBody(message, RequestContent.Create(body), null);
        await SendAsync(message, $"complete \"{key}\" in {Endpoint}", 201, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a blob's bytes from an offset on ("Get Blob"). The caller disposes the message, whose answer is not buffered.</summary>
    /// <param name="key">The blob.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="etag">Empty, or the ETag that the blob must still have.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public async Task<HttpMessage> GetAsync(string key, long offset, string etag, CancellationToken cancellationToken)
    {
        var action = $"read \"{key}\" from {Endpoint}";
        var message = Message(RequestMethod.Get, Endpoint.BlobUri(key));
        try
        {
            message.BufferResponse = false;
            if (offset > 0)
            {
                message.Request.Headers.Add("x-ms-range", string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-"));
            }

            if (etag.Length > 0)
            {
                message.Request.Headers.Add("If-Match", etag);
            }

            await SendAsync(message, action, cancellationToken).ConfigureAwait(false);
            return message.Response.Status switch
            {
                200 when offset == 0 => message,
                206 => message,
                404 when BlobFailure.Code(message.Response) == "BlobNotFound" => throw new ObjectNotFoundException(key, Endpoint.ToString()),
                412 => throw new ObjectStoreException(
                    $"cannot {action}: it was replaced while it was read",
                    "Read it again from its beginning."),
                _ => throw await BlobFailure.FromResponseAsync(action, message.Response, Endpoint, cancellationToken).ConfigureAwait(false),
            };
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Whether a blob is there ("Get Blob Properties"). Only the service's own word that it is not there makes it false.</summary>
    public async Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        var action = $"look for \"{key}\" in {Endpoint}";
        using var message = Message(RequestMethod.Head, Endpoint.BlobUri(key));
        await SendAsync(message, action, cancellationToken).ConfigureAwait(false);
        return (message.Response.Status, BlobFailure.Code(message.Response)) switch
        {
            (200, _) => true,
            (404, "BlobNotFound") => false,
            // It is there; only its properties are under a key that we do not have.
            (409, "BlobUsesCustomerSpecifiedEncryption") => true,
            _ => throw await BlobFailure.FromResponseAsync(action, message.Response, Endpoint, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Deletes a blob ("Delete Blob").</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var action = $"delete \"{key}\" from {Endpoint}";
        using var message = Message(RequestMethod.Delete, Endpoint.BlobUri(key));
        // With a body, and be it empty, .NET does not repeat the request by itself when a connection breaks: repeating would not be seen here.
        message.Request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        await SendAsync(message, action, cancellationToken).ConfigureAwait(false);
        switch (message.Response.Status, BlobFailure.Code(message.Response))
        {
            case (202, _):
            // The first try deleted it and its answer was lost.
            case (404, "BlobNotFound") when TryCounter.Of(message) > 1:
                return;
            case (404, "BlobNotFound"):
                throw new ObjectNotFoundException(key, Endpoint.ToString());
            default:
                throw await BlobFailure.FromResponseAsync(action, message.Response, Endpoint, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One page of the blobs whose names begin with the prefix ("List Blobs").</summary>
    /// <param name="prefix">The prefix; may be empty.</param>
    /// <param name="delimiter">Null for a flat listing.</param>
    /// <param name="marker">Empty, or where the page before ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BlobListPage> ListAsync(string prefix, string? delimiter, string marker, CancellationToken cancellationToken)
    {
        var action = $"list {Endpoint}";
        using var message = Message(RequestMethod.Get, Endpoint.ContainerUri, ("restype", "container"), ("comp", "list"));
        AddQuery(message.Request, "prefix", prefix);
        AddQuery(message.Request, "delimiter", delimiter ?? "");
        AddQuery(message.Request, "marker", marker);
        AddQuery(message.Request, "maxresults", options.PageSize.ToString(CultureInfo.InvariantCulture));
        await SendAsync(message, action, 200, cancellationToken).ConfigureAwait(false);
        try
        {
            return await BlobListPage.ReadAsync(message.Response.ContentStream ?? Stream.Null, cancellationToken).ConfigureAwait(false);
        }
        catch (XmlException e)
        {
            throw new ObjectStoreException(
                $"cannot {action}: the answer cannot be read: {e.Message.TrimEnd('.')}", "Check whether a proxy answers in Azure's place.", e);
        }
    }

    /// <summary>A key to sign URLs with, for requests that are authorized with tokens ("Get User Delegation Key").</summary>
    public async Task<UserDelegationKey> GetUserDelegationKeyAsync(DateTimeOffset starts, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var action = $"get a key to sign URLs of {Endpoint} with";
        var times = $"<Start>{BlobReadGrant.Time(starts)}</Start><Expiry>{BlobReadGrant.Time(expires)}</Expiry>";
        var body = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo>{times}</KeyInfo>";
        using var message = Message(RequestMethod.Post, Endpoint.Service, ("restype", "service"), ("comp", "userdelegationkey"));
        message.Request.Headers.Add("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        await SendAsync(message, action, 200, cancellationToken).ConfigureAwait(false);
        try
        {
            return await UserDelegationKey.ReadAsync(message.Response.ContentStream ?? Stream.Null).ConfigureAwait(false);
        }
        catch (XmlException e)
        {
            throw new ObjectStoreException($"cannot {action}: the answer cannot be read", "Check whether a proxy answers in Azure's place.", e);
        }
    }

    private static void AddQuery(Request request, string name, string value)
    {
        if (value.Length > 0)
        {
            request.Uri.AppendQuery(name, Uri.EscapeDataString(value), escapeValue: false);
        }
    }

    private HttpMessage Message(RequestMethod method, Uri uri, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(uri);
        foreach (var (name, value) in query)
        {
            AddQuery(message.Request, name, value);
        }

        return message;
    }

    private void AddBody(HttpMessage message, RequestContent body, BlockBuffer? block)
    {
        message.Request.Content = body;
        _ = body.TryComputeLength(out var length);
        message.Request.Headers.SetValue("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        message.NetworkTimeout = options.TimeoutFor(length);
        if (encryptionScope is not null)
        {
            message.Request.Headers.Add("x-ms-encryption-scope", encryptionScope);
        }

        if (block is not null && !Endpoint.IsSecure)
        {
            AddDigest(message.Request, block);
        }
    }

    /// <summary>
    /// TLS detects every damaged byte; over plain http a digest has to. It costs 1.4 CPU seconds a GiB (OpenSSL, measured), so it is not sent
    /// where it adds nothing.
    /// </summary>
#pragma warning disable CA5351 // MD5 is what the service checks, against accidents; it secures nothing.
    private static void AddDigest(Request request, BlockBuffer block) =>
        request.Headers.Add("Content-MD5", Convert.ToBase64String(MD5.HashData(block.Filled.Span)));
#pragma warning restore CA5351

    private async ValueTask SendAsync(HttpMessage message, string action, int expected, CancellationToken cancellationToken)
    {
        await SendAsync(message, action, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status != expected)
        {
            throw await BlobFailure.FromResponseAsync(action, message.Response, Endpoint, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(HttpMessage message, string action, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw BlobFailure.FromException(action, e, Endpoint, credential);
        }
    }
}
