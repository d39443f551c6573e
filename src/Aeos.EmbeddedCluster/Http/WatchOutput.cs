using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Http;

/// <summary>Writes events of a watch.</summary>
internal sealed class WatchOutput(PipeWriter writer, ResourceType type, string version)
{
    private const int FlushAbove = 64 * 1024;

    private readonly byte[] _prefix = ObjectResponse.Prefix(type.Kind, type.ApiVersion(version));

    public async ValueTask WriteAsync(string name, StoredObject item, CancellationToken cancellationToken)
    {
        Open(name);
        writer.Write(_prefix);
        writer.Write(item.Body.AsSpan(1));
        writer.Write("}\n"u8);
        if (writer.CanGetUnflushedBytes && writer.UnflushedBytes > FlushAbove)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Write(string name, JsonObject node)
    {
        Open(name);
        writer.Write(JsonText.Write(node));
        writer.Write("}\n"u8);
    }

    public void WriteBookmark(long revision, bool initial)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        if (initial)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        Write("BOOKMARK", new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion(version), ["metadata"] = metadata });
    }

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => writer.FlushAsync(cancellationToken);

    private void Open(string name)
    {
        writer.Write("{\"type\":\""u8);
        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write("\",\"object\":"u8);
    }
}
