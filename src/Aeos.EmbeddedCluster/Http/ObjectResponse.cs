using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Reading;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>
/// Writes objects and lists. Stored bytes go out as they are, behind the kind and the version of the request. As real servers do it, items
/// of built-in types stand in lists without kind and apiVersion, those of custom types with both; and lists of custom types say that they are whole.
/// </summary>
internal static class ObjectResponse
{
    private const int FlushSize = 64 * 1024;
    private const int CompressAbove = 128 * 1024;

    public static byte[] Prefix(string kind, string apiVersion) =>
        JsonText.Write(new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion })[..^1] is var open ? [.. open, (byte)','] : [];

    public static async Task WriteAsync(HttpContext context, int status, JsonNode node)
    {
        var bytes = JsonText.Write(node);
        Begin(context, status);
        context.Response.ContentLength = bytes.Length + 1;
        await context.Response.BodyWriter.WriteAsync((byte[])[.. bytes, (byte)'\n'], context.RequestAborted).ConfigureAwait(false);
    }

    public static async Task WriteAsync(HttpContext context, int status, StoredObject item, ResourceType type, string version)
    {
        var prefix = Prefix(type.Kind, type.ApiVersion(version));
        Begin(context, status);
        context.Response.ContentLength = prefix.Length + item.Body.Length;
        var writer = context.Response.BodyWriter;
        writer.Write(prefix);
        writer.Write(item.Body.AsSpan(1));
        writer.Write("\n"u8);
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public static async Task WriteAsync(HttpContext context, ListPage page, ResourceType type, string version)
    {
        Begin(context, StatusCodes.Status200OK);
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)
            && page.Items.Sum(i => (long)i.Body.Length) > CompressAbove)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await WriteAsync(gzip, page, type, version, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await WriteAsync(context.Response.Body, page, type, version, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(Stream output, ListPage page, ResourceType type, string version, CancellationToken cancellationToken)
    {
        var itemPrefix = type.IsCustom ? Prefix(type.Kind, type.ApiVersion(version)) : "{"u8.ToArray();
        var buffer = new ArrayBufferWriter<byte>(FlushSize * 2);
        WriteHead(buffer, page, type, version);
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(itemPrefix);
            buffer.Write(page.Items[i].Body.AsSpan(1));
            if (buffer.WrittenCount >= FlushSize)
            {
                await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                buffer.ResetWrittenCount();
            }
        }

        buffer.Write("]}\n"u8);
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteHead(ArrayBufferWriter<byte> buffer, ListPage page, ResourceType type, string version)
    {
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", type.ListKind);
            json.WriteString("apiVersion", type.ApiVersion(version));
            json.WriteStartObject("metadata");
            json.WriteString("resourceVersion", page.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (page.Continue is not null || type.IsCustom)
            {
                json.WriteString("continue", page.Continue ?? "");
            }

            if (page.Remaining is { } remaining)
            {
                json.WriteNumber("remainingItemCount", remaining);
            }

            json.WriteEndObject();
        }

        buffer.Write(",\"items\":["u8);
    }

    private static void Begin(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-cache, private";
    }
}
