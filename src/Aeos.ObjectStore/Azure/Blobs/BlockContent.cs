using Azure.Core;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>A block as a request's body. A retry sends the same bytes again.</summary>
internal sealed class BlockContent(BlockBuffer block) : RequestContent
{
    /// <inheritdoc/>
    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        block.Hold();
        try
        {
            await stream.WriteAsync(block.Filled, cancellation).ConfigureAwait(false);
        }
        finally
        {
            block.Release();
        }
    }

    /// <inheritdoc/>
    public override void WriteTo(Stream stream, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool TryComputeLength(out long length)
    {
        length = block.Length;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
