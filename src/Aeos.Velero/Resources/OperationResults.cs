using System.Text.Json;

namespace Aeos.Velero.Resources;

/// <summary>What the results object of a backup or a restore holds.</summary>
public sealed record OperationResults
{
    /// <summary>What failed.</summary>
    public ResultMessages Errors { get; set; } = new();

    /// <summary>What somebody should know.</summary>
    public ResultMessages Warnings { get; set; } = new();

    /// <summary>Reads them.</summary>
    /// <param name="utf8">The content, unpacked.</param>
    /// <param name="source">The object's key, for the error.</param>
    /// <exception cref="AeosException">It is something else.</exception>
    public static OperationResults Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, DocumentJson.Default.OperationResults) ?? new OperationResults();
        }
        catch (JsonException e)
        {
            throw new AeosException($"\"{source}\" does not hold results", "It was damaged or put there by something else.", e);
        }
    }

    /// <summary>The results as JSON in UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.OperationResults);
}
