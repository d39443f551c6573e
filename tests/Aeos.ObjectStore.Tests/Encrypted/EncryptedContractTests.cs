using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Filesystem;
using Aeos.ObjectStore.Tests.Contract;
using Aeos.ObjectStore.Tests.Filesystem;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.ObjectStore.Tests.Encrypted;

public sealed class EncryptedContractTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    protected override ValueTask<IObjectStore> OpenEmptyAsync()
    {
        _root.Make("velero");
        return new(new EncryptedObjectStore(
            new FilesystemStore(_root.Path, "velero"), new Keyring([WrappingKey.Generate(256)]), EncryptionScope.All, null, false, NullLogger.Instance));
    }

    protected override bool CanHold(string key) => FilesystemKeys.CanHold(key);
}
