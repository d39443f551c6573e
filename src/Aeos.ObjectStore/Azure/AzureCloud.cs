namespace Aeos.ObjectStore.Azure;

/// <summary>One of Azure's clouds: where its blobs are and who issues its tokens.</summary>
/// <param name="Name">As <c>AZURE_CLOUD_NAME</c> has it.</param>
/// <param name="BlobDomain">What follows an account's name in its blob service's host.</param>
/// <param name="Authority">Issues tokens.</param>
internal sealed record AzureCloud(string Name, string BlobDomain, Uri Authority)
{
    /// <summary>The cloud that is meant when none is named.</summary>
    public static AzureCloud Public { get; } =
        new("AzurePublicCloud", "blob.core.windows.net", new Uri("https://login.microsoftonline.com/"));

    private static readonly AzureCloud UsGovernment =
        new("AzureUSGovernmentCloud", "blob.core.usgovcloudapi.net", new Uri("https://login.microsoftonline.us/"));

    private static readonly AzureCloud China =
        new("AzureChinaCloud", "blob.core.chinacloudapi.cn", new Uri("https://login.chinacloudapi.cn/"));

    /// <summary>The names that a user can choose from.</summary>
    public static string Names => $"{Public.Name}, {UsGovernment.Name}, {China.Name}";

    /// <summary>Finds a cloud by any name that the official Azure plugin takes; null for an unknown one.</summary>
    public static AzureCloud? Find(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "AZURECLOUD" or "AZUREPUBLICCLOUD" => Public,
        "AZUREUSGOVERNMENT" or "AZUREUSGOVERNMENTCLOUD" => UsGovernment,
        "AZURECHINACLOUD" => China,
        _ => null,
    };

    /// <summary>Whether tokens of one of Azure's own clouds come from there.</summary>
    public static bool IsKnownAuthority(Uri authority) =>
        authority.Host == Public.Authority.Host || authority.Host == UsGovernment.Authority.Host || authority.Host == China.Authority.Host;
}
