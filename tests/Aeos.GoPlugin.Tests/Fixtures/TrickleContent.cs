using System.Net;

namespace Aeos.GoPlugin.Tests.Fixtures;

/// <summary>A body of which each byte is a data frame of its own.</summary>
internal sealed class TrickleContent(byte[] body) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var b in body)
        {
            await stream.WriteAsync(new[] { b });
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
