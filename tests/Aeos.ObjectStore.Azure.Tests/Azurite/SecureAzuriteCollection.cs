namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>The tests that share the Azurite with https and tokens.</summary>
[CollectionDefinition(Name)]
public sealed class SecureAzuriteCollection : ICollectionFixture<SecureAzuriteFixture>
{
    public const string Name = "Azurite with https and tokens";
}
