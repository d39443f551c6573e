using System.Runtime.CompilerServices;
using Aeos.ObjectStore;

namespace Aeos.Cluster.Tests.Faults;

/// <summary>A store that fails at its Nth operation: at that one alone, or from then on, as when the line is cut. Each piece of an object that is read or written counts.</summary>
/// <param name="inner">Where the objects are.</param>
/// <param name="failAt">Which operation, counted from 1; 0: none.</param>
/// <param name="staysDown">Whether all that follow fail too.</param>
internal sealed class FaultyStore(IObjectStore inner, int failAt = 0, bool staysDown = false) : IObjectStore
{
    private int _operations;

    /// <summary>How many operations there were.</summary>
    public int Operations => _operations;

    /// <summary>Awaited by each piece that is written.</summary>
    public Func<string, CancellationToken, Task>? BeforeWrite { get; init; }

    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        Count(key);
        return new FaultyWriter(this, key, await inner.CreateAsync(key, cancellationToken));
    }

    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        Count(key);
        return new FaultyReader(this, key, await inner.OpenReadAsync(key, cancellationToken));
    }

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        Count(key);
        return inner.ExistsAsync(key, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Count(prefix);
        await foreach (var key in inner.ListAsync(prefix, cancellationToken))
        {
            yield return key;
        }
    }

    public async IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Count(prefix);
        await foreach (var key in inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken))
        {
            yield return key;
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Count(key);
        return inner.DeleteAsync(key, cancellationToken);
    }

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
        => inner.CreateSignedUrlAsync(key, lifetime, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    internal void Count(string key)
    {
        var number = Interlocked.Increment(ref _operations);
        if (failAt > 0 && (number == failAt || (staysDown && number > failAt)))
        {
            throw new ObjectStoreException($"the store is away: \"{key}\"", "Try again later.");
        }
    }
}
