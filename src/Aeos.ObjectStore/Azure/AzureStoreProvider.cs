using Aeos.ObjectStore.Azure.Blobs;
using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Azure.Identity;
using Aeos.ObjectStore.Azure.Signing;
using Aeos.ObjectStore.Locations;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure;

/// <summary>Opens containers of Azure Blob: the seed's own store.</summary>
/// <param name="options">How transfers behave.</param>
/// <param name="transport">Wraps the transport; null leaves it as it is. For tests.</param>
internal sealed class AzureStoreProvider(TransferOptions options, Func<HttpPipelineTransport, HttpPipelineTransport>? transport = null) : IStoreProvider
{
    private const string TokenScope = "https://storage.azure.com/.default";

    /// <summary>Opens stores as users need them.</summary>
    public AzureStoreProvider()
        : this(new TransferOptions())
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ["equinor/velero-plugin-aeos", "aeos.io/azure"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Settings => AzureSettings.Names;

    /// <inheritdoc/>
    public IObjectStore Open(LocationSpec spec, StoreProviderContext context)
    {
        var settings = AzureSettings.Read(spec, context.Credentials);
        var connections = BlobTransport.Create(settings.Authorities);
        try
        {
            var sender = transport is null ? connections : transport(connections);
            var credential = new CredentialChoice(settings, context.Credentials, sender).Choose();
            AzureLog.CredentialChosen(context.Logger, settings.Endpoint, credential.Kind, credential.Reason);
            HttpPipelinePolicy authorization = credential.Key is { } key
                ? new SharedKeyPolicy(settings.Endpoint.Account, key, context.Time)
                : new BearerTokenAuthenticationPolicy(credential.Token!, TokenScope);
            var container = new BlobContainer(
                BlobPipeline.Build(authorization, sender, options), settings.Endpoint, credential, options, settings.EncryptionScope);
            var urls = new SignedBlobUrls(container, credential.Key, context.Time);
            return new AzureBlobStore(container, urls, settings.BlockSize, options, context.Time, connections, credential.Key);
        }
        catch
        {
            connections.Dispose();
            throw;
        }
    }
}
