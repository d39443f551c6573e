using System.Xml;
using Aeos.ObjectStore.Azure.Http;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>One page of a listing ("List Blobs" in the service's REST reference).</summary>
/// <param name="Keys">The blobs' names.</param>
/// <param name="Prefixes">The names up to the delimiter, when one was asked for.</param>
/// <param name="NextMarker">Where the next page begins; empty after the last.</param>
internal sealed record BlobListPage(IReadOnlyList<string> Keys, IReadOnlyList<string> Prefixes, string NextMarker)
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="XmlException">It is not XML.</exception>
    public static async Task<BlobListPage> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var prefixes = new List<string>();
        var marker = "";
        var isComplete = false;
        using var reader = XmlReader.Create(body, ServiceXml.Settings);
        var more = await reader.ReadAsync().ConfigureAwait(false);
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Element && reader.Name is "Blob" or "BlobPrefix")
            {
                var isPrefix = reader.Name == "BlobPrefix";
                if (await ReadNameAsync(reader, isPrefix).ConfigureAwait(false) is { } name)
                {
                    (isPrefix ? prefixes : keys).Add(name);
                }
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.Name == "NextMarker")
            {
                marker = await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
                continue;
            }
            else if (reader.NodeType == XmlNodeType.EndElement && reader.Name == "EnumerationResults")
            {
                isComplete = true;
            }

            more = await reader.ReadAsync().ConfigureAwait(false);
        }

        return isComplete ? new BlobListPage(keys, prefixes, marker) : throw new XmlException("The listing is not a list of blobs.");
    }

    /// <summary>The name of the entry that the reader stands on; null for a folder of an account with a hierarchical namespace, which is no object.</summary>
    private static async Task<string?> ReadNameAsync(XmlReader reader, bool isPrefix)
    {
        string? name = null;
        var isFolder = false;
        var element = reader.Name;
        while (!(reader.NodeType == XmlNodeType.EndElement && reader.Name == element))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "Name" && name is null)
            {
                // "Encoded" marks a name with characters that XML cannot carry.
                var isEncoded = string.Equals(reader.GetAttribute("Encoded"), "true", StringComparison.OrdinalIgnoreCase);
                var text = await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
                name = isEncoded ? Uri.UnescapeDataString(text) : text;
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element && reader.Name == "ResourceType")
            {
                isFolder = await reader.ReadElementContentAsStringAsync().ConfigureAwait(false) == "directory";
                continue;
            }

            if (!await reader.ReadAsync().ConfigureAwait(false))
            {
                throw new XmlException("The listing ends within an entry.");
            }
        }

        return isFolder && !isPrefix ? null : name ?? throw new XmlException("An entry of the listing has no name.");
    }
}
