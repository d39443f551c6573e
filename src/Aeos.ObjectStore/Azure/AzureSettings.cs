using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure;

/// <summary>What a location and its credentials say about where its blobs are and how they are written; all of it checked.</summary>
/// <param name="Endpoint">The container.</param>
/// <param name="Authority">Issues tokens.</param>
/// <param name="IsOwnAuthority">The authority is none of Azure's known clouds.</param>
/// <param name="BlockSize">Bytes a block.</param>
/// <param name="UseTokens"><c>useAAD: "true"</c>: an account key that happens to be at hand is not used.</param>
/// <param name="AccountKeyName">The name of the credential that holds the account key.</param>
/// <param name="IsAccountKeyRequired">The location names the credential: it has to be there.</param>
/// <param name="EncryptionScope">The service's encryption scope, or null.</param>
/// <param name="Authorities">Certificates to trust besides the system's.</param>
internal sealed record AzureSettings(
    BlobEndpoint Endpoint,
    Uri Authority,
    bool IsOwnAuthority,
    int BlockSize,
    bool UseTokens,
    string AccountKeyName,
    bool IsAccountKeyRequired,
    string? EncryptionScope,
    X509Certificate2Collection Authorities)
{
    /// <summary>The settings' names, as the seed and the official Azure plugin have them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "storageAccount", "resourceGroup", "subscriptionId", "blockSizeInBytes", "storageAccountURI",
        "storageAccountKeyEnvVar", "useAAD", "activeDirectoryAuthorityURI",
    ];

    /// <summary>Bytes a block when the location does not say.</summary>
    public const int DefaultBlockSize = 8 * 1024 * 1024;

    // Below, an object could not have more than 3 GiB, and every 64 KiB would be a request.
    private const int MinBlockSize = 64 * 1024;

    // Azure takes 4,000 MiB; memory is the limit, since a put takes three times as much.
    private const int MaxBlockSize = 1024 * 1024 * 1024;

    private const string DefaultAccountKeyName = "AZURE_STORAGE_ACCOUNT_ACCESS_KEY";

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="LocationRefusedException">One is missing or cannot be used.</exception>
    public static AzureSettings Read(LocationSpec spec, Func<string, string?> credentials)
    {
        var account = Account(Value(spec, "storageAccount"));
        var cloudName = Present(credentials("AZURE_CLOUD_NAME"));
        var cloud = AzureCloud.Find(cloudName)
            ?? throw new LocationRefusedException($"AZURE_CLOUD_NAME \"{cloudName}\" is no cloud of Azure", $"Use one of {AzureCloud.Names}.");
        var keyName = Value(spec, "storageAccountKeyEnvVar");
        var ownAuthority = Value(spec, "activeDirectoryAuthorityURI") ?? Present(credentials("AZURE_AUTHORITY_HOST"));
        return new AzureSettings(
            new BlobEndpoint(Service(spec, credentials, account, cloud), account, Container(spec.Bucket)),
            ownAuthority is null ? cloud.Authority : ParseAuthority(ownAuthority),
            ownAuthority is not null && !AzureCloud.IsKnownAuthority(ParseAuthority(ownAuthority)),
            BlockSizeOf(Value(spec, "blockSizeInBytes")),
            Switch(Value(spec, "useAAD")),
            keyName ?? DefaultAccountKeyName,
            keyName is not null,
            Present(credentials("AZURE_STORAGE_ACCOUNT_ENCRYPTION_SCOPE")),
            CertificateBundle.Parse(Value(spec, "caCert")));
    }

    /// <summary>Empty lines of a credentials file and empty settings count as absent: the seed's own example has one.</summary>
    public static string? Present(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static string? Value(LocationSpec spec, string name) => Present(spec.Config.GetValueOrDefault(name));

    private static string Account(string? name)
    {
        if (name is null)
        {
            throw new LocationRefusedException("the location has no storageAccount", "Set config.storageAccount to the storage account's name.");
        }

        return name.Length is >= 3 and <= 63 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? name
            : throw new LocationRefusedException(
                $"storageAccount \"{name}\" is no storage account's name: 3 to 24 lower-case letters and digits",
                "Give the account's name alone; an address goes into config.storageAccountURI.");
    }

    private static string Container(string bucket) =>
        bucket.Length is >= 3 and <= 63
        && bucket.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && bucket[0] != '-' && bucket[^1] != '-' && !bucket.Contains("--", StringComparison.Ordinal)
            ? bucket
            : throw new LocationRefusedException(
                $"bucket \"{bucket}\" is no container's name: 3 to 63 lower-case letters, digits and single hyphens between them",
                "Set the bucket to the name of a blob container; folders in it go into the prefix.");

    private static Uri Service(LocationSpec spec, Func<string, string?> credentials, string account, AzureCloud cloud)
    {
        if (Value(spec, "storageAccountURI") is not { } text)
        {
            var domain = Present(credentials("AZURE_BLOB_DOMAIN_NAME"))?.Trim('.').ToLowerInvariant() ?? cloud.BlobDomain;
            return Uri.TryCreate($"https://{account}.{domain}/", UriKind.Absolute, out var uri)
                && uri.Host == $"{account}.{domain}" && uri.AbsolutePath == "/"
                ? uri
                : throw new LocationRefusedException($"AZURE_BLOB_DOMAIN_NAME \"{domain}\" is no domain", $"Give a domain such as {cloud.BlobDomain}.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var service)
            && service.Scheme is "https" or "http"
            && service.Query.Length == 0 && service.Fragment.Length == 0 && service.UserInfo.Length == 0
            ? service
            : throw new LocationRefusedException(
                "storageAccountURI is no address of a blob service",
                $"Give it without a query, a signature or a password, for example https://{account}.{cloud.BlobDomain}.");
    }

    private static Uri ParseAuthority(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.UserInfo.Length == 0
            ? uri
            : throw new LocationRefusedException(
                $"\"{text}\" is no address of a token service",
                $"Set config.activeDirectoryAuthorityURI (or AZURE_AUTHORITY_HOST) to an https address such as {AzureCloud.Public.Authority}.");

    private static int BlockSizeOf(string? text)
    {
        if (text is null)
        {
            return DefaultBlockSize;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= MinBlockSize and <= MaxBlockSize
            ? size
            : throw new LocationRefusedException(
                $"blockSizeInBytes \"{text}\" is not between {MinBlockSize} and {MaxBlockSize}",
                $"Leave it out for {DefaultBlockSize}. A put takes three blocks of memory, an object at most {Blobs.BlockBlobWriter.MaxBlocks} blocks.");
    }

    private static bool Switch(string? text) => text?.ToUpperInvariant() switch
    {
        null or "FALSE" or "0" or "F" => false,
        "TRUE" or "1" or "T" => true,
        _ => throw new LocationRefusedException($"useAAD \"{text}\" is neither true nor false", "Use \"true\" to sign in with tokens, or leave it out."),
    };
}
