using System.Runtime.CompilerServices;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>
/// Objects as files: a bucket is a folder under the root, a key is a path in it, as it is. Durable when a put, or a delete, has returned.
/// Any number of processes may use one bucket at once.
/// </summary>
internal sealed class FilesystemStore : IObjectStore
{
    private readonly string _where;
    private readonly BucketFolder _bucket;
    private readonly UnfinishedObjects _unfinished;
    private int _used;

    /// <summary>A store on a bucket's folder. Touches no file yet.</summary>
    /// <param name="root">The folder that holds the buckets; an absolute path.</param>
    /// <param name="bucket">The bucket's name: one segment of a path.</param>
    public FilesystemStore(string root, string bucket)
    {
        _where = $"bucket \"{bucket}\" in \"{root}\"";
        _bucket = new BucketFolder(root, bucket);
        _unfinished = new UnfinishedObjects(_bucket.Path);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (KeyRules.Broken(key, _bucket.Path) is { } rule)
        {
            throw new ObjectKeyRefusedException(key, rule);
        }

        return new(Try<ObjectWriter>($"storing \"{key}\"", () =>
        {
            _bucket.RequireRoomFor(key);
            _unfinished.Sweep();
            var (path, handle) = _unfinished.Create();
            return new FilesystemWriter(_bucket, _unfinished, key, path, handle);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Try<Stream>($"reading \"{key}\"", () =>
        {
            RequireObject(key);
            var error = LibC.OpenForReading(_bucket.PathOf(key), out var handle);
            if (error is LibC.NoEntry or LibC.NotFolder)
            {
                throw NotFound(key);
            }

            return handle is null ? throw LibC.ToException(error, _bucket.PathOf(key)) : new FileObjectStream(key, handle);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Try($"looking for \"{key}\"", () => IsObject(key)));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        WalkAsync(() => KeyWalk.Keys(_bucket, prefix), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListCommonPrefixesAsync(
        string prefix, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(delimiter);
        if (delimiter == "/")
        {
            await foreach (var folder in WalkAsync(() => KeyWalk.Folders(_bucket, prefix), cancellationToken).ConfigureAwait(false))
            {
                yield return folder;
            }

            yield break;
        }

        string? last = null;
        await foreach (var key in ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            var end = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (end >= 0 && key[..(end + delimiter.Length)] is var found && found != last)
            {
                // Keys that share a beginning are neighbours in this order: each prefix comes once.
                last = found;
                yield return found;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Try($"deleting \"{key}\"", () =>
        {
            RequireObject(key);
            return _bucket.Remove(key) ? ValueTask.CompletedTask : throw NotFound(key);
        });
    }

    /// <inheritdoc/>
    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Try<Uri>($"looking for \"{key}\"", () =>
        {
            RequireObject(key);
            throw new ObjectStoreException(
                $"a store in a folder has no URLs, so there is none for \"{key}\"", $"Read it with: aeos store get \"{key}\" --location FILE.");
        }));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void RequireObject(string key)
    {
        if (!IsObject(key))
        {
            throw NotFound(key);
        }
    }

    /// <summary>Also false for a key that could not have been stored.</summary>
    private bool IsObject(string key)
    {
        _bucket.Require();
        return KeyRules.Broken(key, _bucket.Path) is null && _bucket.Find(key) == BucketFolder.Kind.File;
    }

    private ObjectNotFoundException NotFound(string key)
    {
        // A volume that went away a moment ago is no reason to call the object gone.
        _bucket.Require();
        return new ObjectNotFoundException(key, _where);
    }

    private async IAsyncEnumerable<string> WalkAsync(Func<IEnumerable<string>> walk, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listing is system calls only: it runs where it is asked for, page by page as the reader takes keys.
        await ValueTask.CompletedTask.ConfigureAwait(false);
        using var keys = Try("listing", () => walk().GetEnumerator());
        while (Try("listing", keys.MoveNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return keys.Current;
        }
    }

    private T Try<T>(string doing, Func<T> work)
    {
        if (Interlocked.Exchange(ref _used, 1) == 0)
        {
            _unfinished.Sweep();
        }

        try
        {
            return work();
        }
        catch (Exception e) when (FilesystemFaults.IsFault(e))
        {
            throw FilesystemFaults.Explain($"{doing} in {_where}", e);
        }
    }
}
