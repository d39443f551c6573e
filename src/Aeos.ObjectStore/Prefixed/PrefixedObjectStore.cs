using System.Runtime.CompilerServices;

namespace Aeos.ObjectStore.Prefixed;

/// <summary>The part of a store under a prefix. Keys are relative to it, in what goes in, in what comes out and in errors.</summary>
internal sealed class PrefixedObjectStore : IObjectStore
{
    private readonly IObjectStore _inner;
    private readonly string _prefix;

    /// <summary>The part of a store under a prefix.</summary>
    /// <param name="inner">The whole store. Taken over.</param>
    /// <param name="prefix">Not empty, without slashes around it.</param>
    public PrefixedObjectStore(IObjectStore inner, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        _inner = inner;
        _prefix = prefix + "/";
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Length == 0)
        {
            throw new ObjectKeyRefusedException(key, "it is empty");
        }

        try
        {
            return await _inner.CreateAsync(_prefix + key, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectKeyRefusedException e)
        {
            throw new ObjectKeyRefusedException(key, e.Rule);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.OpenReadAsync(Whole(key), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException e)
        {
            throw Relative(key, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) =>
        key.Length > 0 && await _inner.ExistsAsync(_prefix + key, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in _inner.ListAsync(_prefix + prefix, cancellationToken).ConfigureAwait(false))
        {
            // An object named as the prefix with its slash has no name in here.
            if (key.Length > _prefix.Length)
            {
                yield return key[_prefix.Length..];
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListCommonPrefixesAsync(
        string prefix, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in _inner.ListCommonPrefixesAsync(_prefix + prefix, delimiter, cancellationToken).ConfigureAwait(false))
        {
            yield return found[_prefix.Length..];
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.DeleteAsync(Whole(key), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException e)
        {
            throw Relative(key, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.CreateSignedUrlAsync(Whole(key), lifetime, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException e)
        {
            throw Relative(key, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private string Whole(string key) => key.Length > 0 ? _prefix + key : throw new ObjectNotFoundException(key, $"prefix \"{_prefix}\"");

    private ObjectNotFoundException Relative(string key, ObjectNotFoundException e) => new(key, $"{e.Where} under prefix \"{_prefix}\"", e);
}
