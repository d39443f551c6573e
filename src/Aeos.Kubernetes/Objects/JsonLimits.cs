using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aeos.Kubernetes.Objects;

/// <summary>
/// How JSON is read and written here. The BCL's own depth limits (64 and 1,000) are too small: the schemas in custom resource definitions nest
/// deeper than 64. The API server itself, being Go, refuses what nests deeper than 10,000.
/// </summary>
internal static class JsonLimits
{
    private const int Depth = 10_000;

    public static JsonReaderOptions Reader => new() { MaxDepth = Depth };

    public static JsonReaderOptions Sequence => new() { MaxDepth = Depth, AllowMultipleValues = true };

    public static JsonDocumentOptions Document => new() { MaxDepth = Depth };

    // Nothing that is written here is put into HTML: text outside ASCII stays readable.
    public static JsonWriterOptions Writer => new() { MaxDepth = Depth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
