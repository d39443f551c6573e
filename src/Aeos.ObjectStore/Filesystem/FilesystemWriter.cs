using Microsoft.Win32.SafeHandles;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>Writes an object as an unfinished file; the commit makes it durable, renames it to its key's path and makes that durable.</summary>
internal sealed class FilesystemWriter(BucketFolder bucket, UnfinishedObjects unfinished, string key, string path, SafeFileHandle handle)
    : CommitOnceWriter
{
    private long _offset;

    /// <inheritdoc/>
    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(handle, buffer, _offset, cancellationToken).ConfigureAwait(false);
            _offset += buffer.Length;
        }
        catch (Exception e) when (FilesystemFaults.IsFault(e) || e is ArgumentOutOfRangeException)
        {
            // The latter is .NET's word for a file that the system does not let grow further (EFBIG).
            throw FilesystemFaults.Explain($"writing \"{key}\"", e);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.FlushToDisk(handle);
            bucket.Place(path, key);
        }
        catch (Exception e) when (FilesystemFaults.IsFault(e))
        {
            throw FilesystemFaults.Explain($"storing \"{key}\"", e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeCoreAsync(bool committed)
    {
        if (committed)
        {
            unfinished.RemoveFolder();
        }
        else
        {
            unfinished.Remove(path);
        }

        handle.Dispose();
        return ValueTask.CompletedTask;
    }
}
