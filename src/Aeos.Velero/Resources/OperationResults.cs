using System.Text.Json;

namespace Aeos.Velero.Resources;

/// <summary>What the results object of a backup or a restore holds.</summary>
public sealed class OperationResults
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>What failed.</summary>
    public ResultMessages Errors { get; private init; } = new();

    /// <summary>What somebody should know.</summary>
    public ResultMessages Warnings { get; private init; } = new();

    /// <summary>Reads them.</summary>
    /// <param name="utf8">The content, unpacked.</param>
    /// <param name="source">The object's key, for the error.</param>
    /// <exception cref="AeosException">It is something else.</exception>
    public static OperationResults Parse(ReadOnlyMemory<byte> utf8, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new OperationResults { Errors = Of(document.RootElement, "errors"), Warnings = Of(document.RootElement, "warnings") }
                : throw new JsonException("not an object");
        }
        catch (JsonException e)
        {
            throw new AeosException($"\"{source}\" does not hold results", "It was damaged or put there by something else.", e);
        }
    }

    /// <summary>Writes the results as JSON in UTF-8, piece by piece.</summary>
    /// <param name="output">Takes it; left open.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task WriteToAsync(Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);

        // Not disposed: after a failure that would write again, and fail in a way that hides the first.
        var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WritePropertyName("errors");
        await Errors.WriteAsync(writer, cancellationToken).ConfigureAwait(false);
        writer.WritePropertyName("warnings");
        await Warnings.WriteAsync(writer, cancellationToken).ConfigureAwait(false);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ResultMessages Of(JsonElement root, string name)
        => root.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.Object ? ResultMessages.Read(element) : new ResultMessages();
}
