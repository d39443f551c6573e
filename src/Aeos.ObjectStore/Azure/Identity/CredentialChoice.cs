using Aeos.ObjectStore.Azure.Signing;
using Aeos.ObjectStore.Locations;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Aeos.ObjectStore.Azure.Identity;

/// <summary>
/// Chooses what requests are authorized with: an account key, a service principal, a workload identity, else a managed identity: the order of the
/// official Azure plugin. What is half there is an error, not a reason to try the next: a backup must not change its identity with a typing error.
/// Sends no request.
/// </summary>
/// <param name="settings">The location.</param>
/// <param name="credentials">Looks names up: Azure.Identity itself knows the environment only.</param>
/// <param name="transport">Makes connections, the token service's too.</param>
internal sealed class CredentialChoice(AzureSettings settings, Func<string, string?> credentials, HttpPipelineTransport transport)
{
    private readonly List<string> _passedOver = [];

    /// <summary>Chooses.</summary>
    /// <exception cref="LocationRefusedException">A credential is half there or cannot be used.</exception>
    public ChosenCredential Choose()
    {
        var chosen = AccountKeyOrNull() ?? ServicePrincipalOrNull() ?? WorkloadIdentityOrNull() ?? ManagedIdentity();
        return chosen.Token is not null && !settings.Endpoint.IsSecure
            ? throw new LocationRefusedException(
                $"storageAccountURI {settings.Endpoint.Service} is plain http, and {chosen.Kind} has tokens that anybody on the way could use",
                $"Use https, or an account key in {settings.AccountKeyName}.")
            : chosen;
    }

    private ChosenCredential? AccountKeyOrNull()
    {
        var name = settings.AccountKeyName;
        if (settings.UseTokens && !settings.IsAccountKeyRequired)
        {
            return PassOver("account key: useAAD is true");
        }

        if (Value(name) is { } text)
        {
            return Chosen("the account key", $"{name} is set", "Check the account key.", AccountKey.Parse(text, name), null);
        }

        return settings.IsAccountKeyRequired
            ? throw new LocationRefusedException(
                $"storageAccountKeyEnvVar names {name}, and neither the credentials file nor the environment has it",
                $"Add a line {name}=… to the credentials file, or remove storageAccountKeyEnvVar.")
            : PassOver($"account key: {name} is not set");
    }

    private ChosenCredential? ServicePrincipalOrNull()
    {
        var secret = Value("AZURE_CLIENT_SECRET");
        var certificate = Value("AZURE_CLIENT_CERTIFICATE_PATH");
        if (secret is null && certificate is null)
        {
            // The official Azure plugin takes it. Passed over, a shared file would mean another identity here than there.
            if (Value("AZURE_CLIENT_CERTIFICATE") is not null)
            {
                throw new LocationRefusedException(
                    "AZURE_CLIENT_CERTIFICATE is set, and a certificate is read from a file only",
                    "Mount it as a file, PEM or PKCS #12, and set AZURE_CLIENT_CERTIFICATE_PATH to the file's path.");
            }

            return PassOver("service principal: neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set");
        }

        var name = secret is not null ? "AZURE_CLIENT_SECRET" : "AZURE_CLIENT_CERTIFICATE_PATH";
        var tenant = Required("AZURE_TENANT_ID", name);
        var client = Required("AZURE_CLIENT_ID", name);
        var remedy = $"Check AZURE_TENANT_ID, AZURE_CLIENT_ID and {name}: an expired secret is the usual reason.";
        if (secret is not null)
        {
            var options = IdentityOptions.For<ClientSecretCredentialOptions>(settings, transport);
            options.DisableInstanceDiscovery = settings.IsOwnAuthority;
            AllowTenants(options.AdditionallyAllowedTenants);
            var credential = new ClientSecretCredential(tenant, client, secret, options);
            return Chosen("a service principal with a secret", $"{name} is set", remedy, null, credential);
        }

        var certificateOptions = IdentityOptions.For<ClientCertificateCredentialOptions>(settings, transport);
        certificateOptions.DisableInstanceDiscovery = settings.IsOwnAuthority;
        certificateOptions.SendCertificateChain = Value("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN")?.ToUpperInvariant() is "1" or "TRUE";
        AllowTenants(certificateOptions.AdditionallyAllowedTenants);
        var loaded = ClientCertificate.Load(certificate!, Value("AZURE_CLIENT_CERTIFICATE_PASSWORD"));
        return Chosen(
            "a service principal with a certificate", $"{name} is set", remedy, null, new ClientCertificateCredential(tenant, client, loaded, certificateOptions));
    }

    private ChosenCredential? WorkloadIdentityOrNull()
    {
        const string Name = "AZURE_FEDERATED_TOKEN_FILE";
        if (Value(Name) is not { } file)
        {
            return PassOver($"workload identity: {Name} is not set");
        }

        var options = IdentityOptions.For<WorkloadIdentityCredentialOptions>(settings, transport);
        options.TenantId = Required("AZURE_TENANT_ID", Name);
        options.ClientId = Required("AZURE_CLIENT_ID", Name);
        options.TokenFilePath = file;
        options.DisableInstanceDiscovery = settings.IsOwnAuthority;
        AllowTenants(options.AdditionallyAllowedTenants);
        return Chosen(
            "a workload identity",
            $"{Name} is set",
            "Check that the identity's federated credential names this cluster's issuer, this namespace and this service account.",
            null,
            new WorkloadIdentityCredential(options));
    }

    private ChosenCredential ManagedIdentity()
    {
        var client = Value("AZURE_CLIENT_ID");
        var id = client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client);
        var options = new ManagedIdentityCredentialOptions(id);
        IdentityOptions.Apply(options, settings, transport);
        return Chosen(
            client is null ? "a managed identity (system-assigned)" : $"a managed identity (client id {client})",
            "no other credential is set",
            $"Set {settings.AccountKeyName}, a service principal's AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or give this pod an identity.",
            null,
            new ManagedIdentityCredential(options));
    }

    private ChosenCredential Chosen(string kind, string reason, string remedy, AccountKey? key, global::Azure.Core.TokenCredential? token) =>
        new(kind, reason, $"Tried: {string.Join("; ", _passedOver.Append($"{kind}: {reason}"))}", remedy, key, token);

    private ChosenCredential? PassOver(string why)
    {
        _passedOver.Add(why);
        return null;
    }

    private string? Value(string name) => AzureSettings.Present(credentials(name));

    private string Required(string name, string because) =>
        Value(name) ?? throw new LocationRefusedException(
            $"{because} is set, but {name} is not",
            $"Add a line {name}=… to the credentials file, or remove {because}.");

    private void AllowTenants(IList<string> tenants)
    {
        var list = Value("AZURE_ADDITIONALLY_ALLOWED_TENANTS") ?? "";
        foreach (var tenant in list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            tenants.Add(tenant);
        }
    }
}
