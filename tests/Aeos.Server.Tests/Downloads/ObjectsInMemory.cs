using System.Collections.Concurrent;
using Aeos.ObjectStore;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Serving;

namespace Aeos.Server.Tests.Downloads;

/// <summary>Objects to hand out, and how often one was asked for.</summary>
internal sealed class ObjectsInMemory : IDownloadSource
{
    private readonly ConcurrentDictionary<DownloadAddress, Func<Stream>> _objects = new();
    private int _opened;

    public int Opened => _opened;

    public void Add(DownloadAddress address, byte[] content) => _objects[address] = () => new MemoryStream(content, writable: false);

    public void Add(DownloadAddress address, Func<Stream> content) => _objects[address] = content;

    public Task<Stream> OpenAsync(DownloadAddress address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _opened);
        return _objects.TryGetValue(address, out var open) ? Task.FromResult(open()) : throw new ObjectNotFoundException(address.Key, "memory");
    }
}
