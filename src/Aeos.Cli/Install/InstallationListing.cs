using System.Text.Json;
using Aeos.Cli.CommandLine;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Install;

/// <summary>Shows what an installation consists of.</summary>
internal static class InstallationListing
{
    /// <summary>One List, which kubectl applies as it is; or, as text, a line for each object.</summary>
    public static string Of(IReadOnlyList<KubernetesObject> manifests, ListingFormat format)
    {
        if (format == ListingFormat.Text)
        {
            return string.Concat(manifests.Select(manifest => $"{manifest.Kind}/{manifest.Name}\n"));
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", "v1");
            writer.WriteStartArray("items");
            foreach (var manifest in manifests)
            {
                writer.WriteRawValue(manifest.Json.Span);
            }

            writer.WriteEndArray();
            writer.WriteString("kind", "List");
            writer.WriteEndObject();
        }

        return JsonText.Format(buffer.ToArray(), format);
    }
}
