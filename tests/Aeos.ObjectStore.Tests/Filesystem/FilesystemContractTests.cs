using Aeos.ObjectStore.Filesystem;
using Aeos.ObjectStore.Tests.Contract;

namespace Aeos.ObjectStore.Tests.Filesystem;

public sealed class FilesystemContractTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    protected override ValueTask<IObjectStore> OpenEmptyAsync()
    {
        _root.Make("velero");
        return new(new FilesystemStore(_root.Path, "velero"));
    }

    protected override bool CanHold(string key) => FilesystemKeys.CanHold(key);
}
