using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;

namespace Aeos.Embedded.Json;

/// <summary>Objects from bytes and back. Nothing is lost on the way: unknown fields and the digits of numbers stay.</summary>
internal static class JsonText
{
    private const int MaxDepth = 1024;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };

    // As Go's encoder does, text stays UTF-8 instead of \u escapes: a Secret's base64 would grow by its plus signs.
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        SkipValidation = true,
    };

    public static JsonObject ParseObject(ReadOnlySpan<byte> utf8) =>
        Parse(utf8) as JsonObject ?? throw ApiError.BadRequest("the body of the request is not a JSON object");

    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            var node = JsonNode.Parse(ref reader);
            while (reader.Read())
            {
                // Anything after the first value makes the reader throw.
            }

            return node;
        }
        catch (JsonException e)
        {
            throw ApiError.BadRequest($"the body of the request is not valid JSON: {e.Message}");
        }
    }

    public static JsonObject Parse(string text) =>
        JsonNode.Parse(text, documentOptions: Reading) as JsonObject ?? throw new ArgumentException("The text is not a JSON object.", nameof(text));

    public static byte[] Write(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
