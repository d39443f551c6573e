using Aeos.Cli.Files;

namespace Aeos.Cli.Keys;

/// <summary>A key's file: new, for its owner alone from the first moment on, and on the disk before anything is encrypted with it.</summary>
internal static class NewKeyFile
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="AeosException">Something is there already: a key is never overwritten.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // Also a link that leads nowhere counts as there.
        if (FileKinds.Of(path) != FileKind.Missing || new FileInfo(path).LinkTarget is not null)
        {
            throw new AeosException($"{path} is there already, and a key is never overwritten", "Name a new file; remove the old one only when nothing that it encrypted is needed any more.");
        }

        var whole = false;
        var file = RegularFile.Create(path, RegularFile.OwnerOnly);
        try
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            whole = true;
        }
        finally
        {
            await file.DisposeAsync().ConfigureAwait(false);
            if (!whole)
            {
                File.Delete(path);
            }
        }
    }
}
