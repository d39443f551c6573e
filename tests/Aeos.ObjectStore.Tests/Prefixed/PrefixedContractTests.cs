using Aeos.ObjectStore.Filesystem;
using Aeos.ObjectStore.Prefixed;
using Aeos.ObjectStore.Tests.Contract;
using Aeos.ObjectStore.Tests.Filesystem;

namespace Aeos.ObjectStore.Tests.Prefixed;

/// <summary>The contract under a prefix, with objects next to it that must never show.</summary>
public sealed class PrefixedContractTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    protected override async ValueTask<IObjectStore> OpenEmptyAsync()
    {
        _root.Make("velero");
        var whole = new FilesystemStore(_root.Path, "velero");
        foreach (var neighbour in new[] { "clusters/one-more/a", "clusters/on", "clusters/one0", "a" })
        {
            await using var writer = await whole.CreateAsync(neighbour, CancellationToken.None);
            await writer.CommitAsync(CancellationToken.None);
        }

        return new PrefixedObjectStore(whole, "clusters/one");
    }

    protected override bool CanHold(string key) => FilesystemKeys.CanHold(key);
}
