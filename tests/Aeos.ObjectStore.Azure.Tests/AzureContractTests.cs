using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Tests.Contract;

namespace Aeos.ObjectStore.Azure.Tests;

/// <summary>The contract of every store, on Azurite, with pages that are short enough to have several.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AzureContractTests(AzuriteFixture azurite) : ObjectStoreContract
{
    protected override async ValueTask<IObjectStore> OpenEmptyAsync() =>
        azurite.Open(await azurite.NewLocationAsync(), AzuriteFixture.QuickOptions with { PageSize = 100 });

    protected override bool CanHold(string key) =>
        !key.EndsWith('/') && !key.Contains('\\', StringComparison.Ordinal) && !key.Any(char.IsControl)
        && !key.Contains("\ud83d-", StringComparison.Ordinal) && !key.Split('/').Any(segment => segment.EndsWith('.'));
}
