using Microsoft.Win32.SafeHandles;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>Reads an object's file from its beginning. What is put over it or deleted meanwhile does not change what comes out.</summary>
internal sealed class FileObjectStream(string key, SafeFileHandle handle) : ForwardReadStream
{
    private long _offset;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await RandomAccess.ReadAsync(handle, buffer, _offset, cancellationToken).ConfigureAwait(false);
            _offset += read;
            return read;
        }
        catch (Exception e) when (FilesystemFaults.IsFault(e))
        {
            throw FilesystemFaults.Explain($"reading \"{key}\"", e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }
}
