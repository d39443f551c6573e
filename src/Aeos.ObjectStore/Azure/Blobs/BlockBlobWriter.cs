using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>
/// Uploads an object of unknown length as blocks, some at a time, and commits their list: until then nobody sees it, and Azure drops the blocks
/// of an upload that never ends after a week. An object of at most one block goes in one request at the commit. No lease is taken.
/// Memory: at most <c>blockSize * (parallelism + 1)</c> bytes. Not safe for concurrent use.
/// </summary>
internal sealed class BlockBlobWriter : CommitOnceWriter
{
    /// <summary>The most blocks that a blob can have ("Put Block List" in the service's REST reference).</summary>
    public const int MaxBlocks = 50_000;

    private readonly BlobContainer _container;
    private readonly string _key;
    private readonly int _blockSize;
    private readonly int _parallelism;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<string> _blockIds = [];
    private readonly Queue<BlockBuffer> _free = new();
    private readonly List<Task<BlockBuffer>> _uploads = [];
    // Two writers of one key share its uncommitted blocks: an id that begins with random bytes keeps them apart.
    private readonly byte[] _blockId = new byte[16 + sizeof(int)];
    private BlockBuffer? _current;

    /// <summary>Begins an object; sends nothing yet.</summary>
    public BlockBlobWriter(BlobContainer container, string key, int blockSize, int parallelism)
    {
        _container = container;
        _key = key;
        _blockSize = blockSize;
        _parallelism = parallelism;
        RandomNumberGenerator.Fill(_blockId.AsSpan(0, 16));
    }

    /// <inheritdoc/>
    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            // A full block goes only when more follows: so an object of exactly one block is still one request.
            if (_current is { IsFull: true })
            {
                await BeginUploadAsync(cancellationToken).ConfigureAwait(false);
            }

            _current ??= _free.TryDequeue(out var free) ? free : new BlockBuffer(_blockSize);
            buffer = buffer[_current.Fill(buffer.Span)..];
        }

        // What failed meanwhile is told now, not only at the end.
        while (_uploads.Find(static upload => upload.IsCompleted) is { } finished)
        {
            await CollectAsync(finished).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        if (_blockIds.Count == 0)
        {
            await _container.PutBlobAsync(_key, _current, cancellationToken).ConfigureAwait(false);
            return;
        }

        await BeginUploadAsync(cancellationToken).ConfigureAwait(false);
        while (_uploads.Count > 0)
        {
            await CollectOneAsync(cancellationToken).ConfigureAwait(false);
        }

        await _container.PutBlockListAsync(_key, _blockIds, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeCoreAsync(bool committed)
    {
        await _abandoned.CancelAsync().ConfigureAwait(false);
        foreach (var upload in _uploads)
        {
            // It was cancelled, or its failure has been told already. Its block goes either way.
            await ((Task)upload).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (upload.IsCompletedSuccessfully)
            {
                (await upload.ConfigureAwait(false)).Release();
            }
        }

        _uploads.Clear();
        _current?.Release();
        _current = null;
        while (_free.TryDequeue(out var free))
        {
            free.Release();
        }

        _abandoned.Dispose();
    }

    private async ValueTask BeginUploadAsync(CancellationToken cancellationToken)
    {
        if (_blockIds.Count == MaxBlocks)
        {
            throw new ObjectStoreException(
                $"cannot write \"{_key}\": it is larger than {MaxBlocks} blocks of {_blockSize} bytes, the most that Azure takes",
                "Set a larger blockSizeInBytes; a put takes three times as much memory.");
        }

        while (_uploads.Count >= _parallelism)
        {
            await CollectOneAsync(cancellationToken).ConfigureAwait(false);
        }

        BinaryPrimitives.WriteInt32BigEndian(_blockId.AsSpan(16), _blockIds.Count);
        var id = Convert.ToBase64String(_blockId);
        _blockIds.Add(id);
        _uploads.Add(UploadAsync(id, _current!));
        _current = null;
    }

    /// <summary>Gives the block back in any case: it belongs to this upload alone.</summary>
    private async Task<BlockBuffer> UploadAsync(string id, BlockBuffer block)
    {
        try
        {
            await _container.PutBlockAsync(_key, id, block, _abandoned.Token).ConfigureAwait(false);
            return block;
        }
        catch
        {
            block.Release();
            throw;
        }
    }

    private async ValueTask CollectOneAsync(CancellationToken cancellationToken) =>
        await CollectAsync(await Task.WhenAny(_uploads).WaitAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    private async ValueTask CollectAsync(Task<BlockBuffer> upload)
    {
        _uploads.Remove(upload);
        var block = await upload.ConfigureAwait(false);
        block.Clear();
        _free.Enqueue(block);
    }
}
