using System.Globalization;
using System.Text;
using Aeos.ObjectStore.Azure.Http;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>
/// The right to read one blob for a while, as a shared access signature: "Create a service SAS" and "Create a user delegation SAS" in the
/// service's REST reference, version 2020-12-06 and later.
/// </summary>
/// <param name="Account">The storage account.</param>
/// <param name="Container">The container.</param>
/// <param name="Blob">The blob.</param>
/// <param name="Starts">From when on.</param>
/// <param name="Expires">Until when.</param>
/// <param name="HttpsOnly">Whether plain http is refused.</param>
internal sealed record BlobReadGrant(
    string Account, string Container, string Blob, DateTimeOffset Starts, DateTimeOffset Expires, bool HttpsOnly)
{
    private const string Permissions = "r";
    private const string Resource = "b";

    private string Protocol => HttpsOnly ? "https" : "https,http";

    private string CanonicalName => $"/blob/{Account}/{Container}/{Blob}";

    /// <summary>The query of a URL that grants it, signed with the account key.</summary>
    public string Sign(AccountKey key) => Query(key.Sign(ServiceText()), []);

    /// <summary>The query of a URL that grants it, signed with a user delegation key.</summary>
    public string Sign(UserDelegationKey key) => Query(key.Key.Sign(DelegationText(key)),
    [
        ("skoid", key.ObjectId), ("sktid", key.TenantId), ("skt", key.Starts), ("ske", key.Expires), ("sks", key.Service), ("skv", key.Version),
    ]);

    /// <summary>What the account key signs.</summary>
    public string ServiceText() => Lines(
        Permissions, Time(Starts), Time(Expires), CanonicalName,
        // Stored policy, IP range.
        "", "", Protocol, BlobClientOptions.ServiceVersion, Resource,
        // Snapshot, encryption scope.
        "", "",
        // Overridden answer headers: Cache-Control, Content-Disposition, -Encoding, -Language, -Type.
        "", "", "", "", "");

    /// <summary>What a user delegation key signs.</summary>
    public string DelegationText(UserDelegationKey key) => Lines(
        Permissions, Time(Starts), Time(Expires), CanonicalName,
        key.ObjectId, key.TenantId, key.Starts, key.Expires, key.Service, key.Version,
        // Authorized and unauthorized object id, correlation id.
        "", "", "",
        // IP range.
        "",
        Protocol, BlobClientOptions.ServiceVersion, Resource,
        // Snapshot, encryption scope, five overridden answer headers.
        "", "", "", "", "", "", "");

    /// <summary>Times as the service writes them, in whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Lines(params ReadOnlySpan<string> lines) => string.Join('\n', lines);

    private string Query(string signature, (string Name, string Value)[] delegation)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("sv", BlobClientOptions.ServiceVersion), ("st", Time(Starts)), ("se", Time(Expires)), ("sr", Resource), ("sp", Permissions), ("spr", Protocol),
                .. delegation, ("sig", signature),
            ])
        {
            query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }
}
