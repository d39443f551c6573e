using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Azure.Tests.Identity;
using Aeos.ObjectStore.Azure.Tests.Tls;
using Aeos.ObjectStore.Locations;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>An Azurite over https that takes tokens, under a certificate authority of its own, and the service that issues the tokens.</summary>
public sealed class SecureAzuriteFixture : IAsyncLifetime, IDisposable
{
    public const string Account = "aeossecure";

    private readonly TestAuthority _tls = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-tls-").FullName;
    private AzuriteProcess? _azurite;
    private TokenService? _tokens;

    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    public Uri Service => new($"https://127.0.0.1:{_azurite!.Port}/{Account}");

    /// <summary>The authority's certificate.</summary>
    public string CaCert => _tls.Pem;

    internal TokenService Tokens => _tokens!;

    public async Task InitializeAsync()
    {
        var (certificate, key) = _tls.WriteServer(_folder);
        _azurite = await AzuriteProcess.StartAsync(Account, AccountKey, "--cert", certificate, "--key", key, "--oauth", "basic");
        _tokens = await TokenService.StartAsync(_tls);
    }

    public async Task DisposeAsync()
    {
        await _tokens!.DisposeAsync();
        await _azurite!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _tls.Dispose();

    /// <summary>A location on an empty container, signing in at the tests' token service.</summary>
    public async Task<LocationSpec> NewLocationAsync(params (string Name, string Value)[] config)
    {
        var container = $"test-{Guid.NewGuid():n}";
        using var transport = BlobTransport.Create(CertificateBundle.Parse(CaCert));
        await Containers.CreateAsync(Service, Account, AccountKey, container, transport);
        var settings = new Dictionary<string, string>
        {
            ["storageAccount"] = Account,
            ["storageAccountURI"] = Service.AbsoluteUri,
            ["activeDirectoryAuthorityURI"] = Tokens.Authority.AbsoluteUri,
            ["caCert"] = CaCert,
        };
        foreach (var (name, value) in config)
        {
            settings[name] = value;
        }

        return new LocationSpec("aeos.io/azure", container, "", settings);
    }

    /// <summary>Opens a location with these credentials and no others.</summary>
    internal static IObjectStore Open(
        LocationSpec spec,
        IReadOnlyDictionary<string, string> credentials,
        Func<HttpPipelineTransport, HttpPipelineTransport>? transport = null,
        ILogger? logger = null) =>
        new AzureStoreProvider(AzuriteFixture.QuickOptions, transport).Open(
            spec, new StoreProviderContext(credentials.GetValueOrDefault, logger ?? NullLogger.Instance, TimeProvider.System));
}
