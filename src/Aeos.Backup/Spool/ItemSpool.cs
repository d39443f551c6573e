using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aeos.Backup.Spool;

/// <summary>
/// Keeps items on disk until the archive that they came from is verified. Each is sealed with AES-256-GCM under a key that exists in this process alone,
/// and the file has no name from the beginning where the system allows it: what is left after a crash is nothing, or bytes that nobody can read.
/// Items are written by one writer; after that any number of readers may read at once.
/// </summary>
internal sealed class ItemSpool : IDisposable
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int WriteBuffer = 256 * 1024;

    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
    private readonly FileStream _file;
    private long _length;

    private ItemSpool(FileStream file)
    {
        _file = file;
        RandomNumberGenerator.Fill(_key);
    }

    /// <summary>Makes an empty spool.</summary>
    /// <param name="folder">Where its file is; null: the system's folder for temporary files.</param>
    public static ItemSpool Create(string? folder)
    {
        var path = Path.Combine(folder ?? Path.GetTempPath(), $".aeos-restore-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None | FileShare.Delete,
            BufferSize = WriteBuffer,
            Options = FileOptions.DeleteOnClose | FileOptions.RandomAccess | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
            {
                // An open file needs no name there: it goes with the process, however that ends.
                File.Delete(path);
            }

            return new ItemSpool(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Appends an item.</summary>
    public async ValueTask<SpooledItem> AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var item = new SpooledItem(_length, content.Length);

        // Counted before it is written: no other item gets this nonce, whatever becomes of this one.
        _length += content.Length + TagLength;
        var sealedItem = ArrayPool<byte>.Shared.Rent(content.Length + TagLength);
        try
        {
            Seal(item, content.Span, sealedItem.AsSpan(0, content.Length + TagLength));
            await _file.WriteAsync(sealedItem.AsMemory(0, content.Length + TagLength), cancellationToken).ConfigureAwait(false);
            return item;
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(sealedItem);
        }
    }

    /// <summary>Ends writing: from now on items are read.</summary>
    /// <exception cref="AeosException">There is no room for what is left.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Reads an item.</summary>
    /// <exception cref="AeosException">The file was changed since.</exception>
    public async ValueTask<byte[]> ReadAsync(SpooledItem item, CancellationToken cancellationToken)
    {
        var sealedItem = ArrayPool<byte>.Shared.Rent(item.Length + TagLength);
        try
        {
            var memory = sealedItem.AsMemory(0, item.Length + TagLength);
            var read = 0;
            while (read < memory.Length)
            {
                var count = await RandomAccess.ReadAsync(_file.SafeFileHandle, memory[read..], item.Offset + read, cancellationToken).ConfigureAwait(false);
                read += count > 0 ? count : throw Damaged(null);
            }

            return Open(item, memory.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(sealedItem);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // It wrote what its buffer still had, on a full disk; nobody needs that any more, and the failure that led here is the one to tell.
        }
    }

    private void Seal(SpooledItem item, ReadOnlySpan<byte> content, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, item.Offset);
        using var gcm = new AesGcm(_key, TagLength);
        gcm.Encrypt(nonce, content, destination[..content.Length], destination[content.Length..]);
    }

    private byte[] Open(SpooledItem item, ReadOnlySpan<byte> sealedItem)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, item.Offset);
        var content = new byte[item.Length];
        using var gcm = new AesGcm(_key, TagLength);
        try
        {
            gcm.Decrypt(nonce, sealedItem[..item.Length], sealedItem[item.Length..], content);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw Damaged(e);
        }

        return content;
    }

    // The key lives as long as the spool, and each item with its tag moves the next one on: nonces never come twice.
    private static void WriteNonce(Span<byte> nonce, long offset)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[^sizeof(long)..], offset);
    }

    private static AeosException Unwritable(Exception e) => new(
        $"the restore's temporary file cannot be written: {e.Message.TrimEnd('.')}",
        "It takes about as many bytes as the archive unpacked. Make room, or name another folder with the environment variable TMPDIR.",
        e);

    private static AeosException Damaged(Exception? innerException) => new(
        "The restore's temporary file was changed while it was in use",
        "Check the disk, and that nothing else writes to the folder for temporary files; then restore again under another name.", innerException);
}
