using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Large;

/// <summary>Tests that count the process's blocks: no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedMemoryCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Counted memory";
}
