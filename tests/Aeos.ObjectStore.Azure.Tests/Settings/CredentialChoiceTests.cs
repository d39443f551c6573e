using System.Security.Cryptography;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Tests.Settings;

/// <summary>Which credential is chosen, without a network.</summary>
public sealed class CredentialChoiceTests
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    private readonly CapturedLog _log = new();
    private readonly Dictionary<string, string> _config = new() { ["storageAccount"] = "backups1" };
    private readonly Dictionary<string, string> _credentials = [];

    [Fact]
    public async Task The_account_key_comes_first()
    {
        _credentials["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = Key;
        SetPrincipal();

        (await ChosenAsync()).ShouldContain("the account key, because AZURE_STORAGE_ACCOUNT_ACCESS_KEY is set");
        _log.Text.ShouldNotContain(Key);
    }

    [Fact]
    public async Task An_empty_line_counts_as_none()
    {
        _credentials["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = "";

        (await ChosenAsync()).ShouldContain("a managed identity");
    }

    [Fact]
    public async Task With_useAAD_an_account_key_that_is_at_hand_is_not_used()
    {
        _config["useAAD"] = "true";
        _credentials["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = Key;
        SetPrincipal();

        (await ChosenAsync()).ShouldContain("a service principal with a secret");
    }

    [Fact]
    public async Task The_location_can_name_the_account_keys_variable()
    {
        _config["storageAccountKeyEnvVar"] = "SECOND_KEY";
        _config["useAAD"] = "true";
        _credentials["SECOND_KEY"] = Key;

        (await ChosenAsync()).ShouldContain("the account key, because SECOND_KEY is set");
    }

    [Fact]
    public void A_named_variable_that_is_not_there_is_refused()
    {
        _config["storageAccountKeyEnvVar"] = "SECOND_KEY";
        _credentials["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = Key;

        Refused().ShouldContain("SECOND_KEY");
    }

    [Fact]
    public void A_key_that_is_no_base64_is_refused_and_not_repeated()
    {
        _credentials["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = "no base64 this is!";

        var message = Refused();

        message.ShouldContain("AZURE_STORAGE_ACCOUNT_ACCESS_KEY");
        message.ShouldNotContain("no base64 this");
    }

    [Theory]
    [InlineData("AZURE_CLIENT_SECRET", "AZURE_TENANT_ID")]
    [InlineData("AZURE_CLIENT_SECRET", "AZURE_CLIENT_ID")]
    [InlineData("AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_TENANT_ID")]
    [InlineData("AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID")]
    public void A_credential_that_is_half_there_is_refused_and_not_passed_over(string there, string missing)
    {
        SetPrincipal();
        _credentials.Remove("AZURE_CLIENT_SECRET");
        _credentials[there] = "secret-value";
        _credentials.Remove(missing);

        var message = Refused();

        message.ShouldContain(there);
        message.ShouldContain(missing);
        message.ShouldNotContain("secret-value");
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_is_refused()
    {
        SetPrincipal();
        _credentials.Remove("AZURE_CLIENT_SECRET");
        _credentials["AZURE_CLIENT_CERTIFICATE_PATH"] = "/no/such/file";

        Refused().ShouldContain("/no/such/file");
    }

    [Fact]
    public void A_certificate_in_the_credentials_file_itself_is_refused_and_not_passed_over()
    {
        SetPrincipal();
        _credentials.Remove("AZURE_CLIENT_SECRET");
        _credentials["AZURE_CLIENT_CERTIFICATE"] = "secret-value";

        var message = Refused();

        message.ShouldContain("AZURE_CLIENT_CERTIFICATE_PATH");
        message.ShouldNotContain("secret-value");
    }

    [Fact]
    public async Task Tokens_do_not_go_over_plain_http()
    {
        _config["storageAccountURI"] = "http://127.0.0.1:10000/backups1";

        Refused().ShouldContain("plain http, and a managed identity (system-assigned) has tokens");
    }

    private void SetPrincipal()
    {
        _credentials["AZURE_TENANT_ID"] = "11111111-2222-3333-4444-555555555555";
        _credentials["AZURE_CLIENT_ID"] = "66666666-7777-8888-9999-000000000000";
        _credentials["AZURE_CLIENT_SECRET"] = "secret-value";
    }

    private async Task<string> ChosenAsync()
    {
        await using var store = Open();
        return _log.Text;
    }

    private string Refused() => Should.Throw<LocationRefusedException>(Open).ToString();

    private IObjectStore Open() => new AzureStoreProvider().Open(
        new LocationSpec("aeos.io/azure", "test", "", _config), new StoreProviderContext(_credentials.GetValueOrDefault, _log, TimeProvider.System));
}
