namespace Aeos.Cli.Files;

/// <summary>Copies a stream block by block, telling the progress.</summary>
internal static class Transfer
{
    // Four frames: fewer turns of the loop than one, and no measurable gain beyond.
    private const int BlockLength = 256 * 1024;

    /// <summary>Copies all.</summary>
    public static async Task CopyAsync(Stream from, Stream to, Progress progress, CancellationToken cancellationToken)
    {
        var block = new byte[BlockLength];
        while (true)
        {
            var count = await from.ReadAsync(block, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            await to.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            progress.Add(count);
        }
    }
}
