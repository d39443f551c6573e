namespace Aeos.Cli.Files;

/// <summary>Copies verified plaintext out, and says what is left where it failed on the way.</summary>
internal static class PlaintextTransfer
{
    /// <summary>Copies all and commits.</summary>
    /// <exception cref="AeosException">The source failed; when bytes are out already, the remedy says that they are incomplete.</exception>
    public static async Task CopyAsync(Stream plaintext, OutputFile target, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            await Transfer.CopyAsync(plaintext, target.Stream, progress, cancellationToken).ConfigureAwait(false);
            await target.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AeosException failure) when (target.IsDirect && progress.Done > 0)
        {
            throw new AeosException(
                failure.Cause, $"What went to {target.Name} ({ByteCount.Text(progress.Done)}) is incomplete: do not use it. {failure.Remedy}", failure);
        }
    }
}
