using System.Security.Cryptography;
using System.Text;

namespace Aeos.ObjectStore.Tests.Locations;

/// <summary>Where a location's keys come from.</summary>
public sealed class LocationKeyTests : LocationFixture
{
    [Fact]
    public async Task A_location_without_a_key_is_refused_with_the_three_ways_out()
    {
        var error = await RefusedAsync([]);

        error.Remedy.ShouldContain("encryptionKeyFile");
        error.Remedy.ShouldContain(KeyName);
        error.Remedy.ShouldContain("credentials file");
        error.Remedy.ShouldContain("environment");
    }

    [Fact]
    public async Task A_location_with_keys_for_reading_only_is_refused()
    {
        var error = await RefusedAsync(new() { ["decryptionKeyFiles"] = KeyFile(Key) });

        error.Cause.ShouldContain("no key to encrypt with");
    }

    [Fact]
    public async Task A_key_file_that_is_missing_is_refused_with_its_setting_and_path()
    {
        var error = await RefusedAsync(new() { ["encryptionKeyFile"] = "/nowhere/key" });

        error.Cause.ShouldContain("encryptionKeyFile");
        error.Cause.ShouldContain("/nowhere/key");
    }

    [Fact]
    public async Task The_key_comes_from_the_file_that_Velero_names_in_the_environment()
    {
        Variables["AZURE_CREDENTIALS_FILE"] = TextFile($"AZURE_CLOUD_NAME=x\r\n{KeyName}={Base64(Key).TrimEnd('=')}\r\n{HashName}={Hash(Key)}\r\n");

        await using var location = await OpenAsync([]);

        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task The_locations_own_credentials_file_goes_before_the_one_of_the_environment()
    {
        Variables["AZURE_CREDENTIALS_FILE"] = TextFile($"{KeyName}={Base64(OtherKey)}\n");

        await using var location = await OpenAsync(new() { ["credentialsFile"] = TextFile($"{KeyName}={Base64(Key)}\n") });

        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task The_credentials_file_goes_before_the_environment()
    {
        Variables[KeyName] = Base64(OtherKey);

        await using var location = await OpenAsync(new() { ["credentialsFile"] = TextFile($"{KeyName}={Base64(Key)}\n") });

        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task The_environment_serves_for_each_name_that_the_file_has_not()
    {
        Variables[KeyName] = Base64(Key);
        Variables[HashName] = Hash(Key);

        await using var location = await OpenAsync(new() { ["credentialsFile"] = TextFile($"AZURE_STORAGE_ACCOUNT_ACCESS_KEY=x\n{KeyName}=\n") });

        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task A_key_file_goes_before_the_credentials()
    {
        Variables[KeyName] = Base64(OtherKey);

        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) });

        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task A_key_with_another_hash_is_refused_without_showing_it()
    {
        var error = await RefusedAsync(new() { ["credentialsFile"] = TextFile($"{KeyName}={Base64(Key)}\n{HashName}={Hash(OtherKey)}\n") });

        error.Message.ShouldNotContain(Base64(Key).TrimEnd('='));
    }

    [Fact]
    public async Task A_credentials_file_that_is_missing_is_refused_when_the_location_names_it()
    {
        var error = await RefusedAsync(new() { ["credentialsFile"] = "/nowhere/cloud", ["encryptionKeyFile"] = KeyFile(Key) });

        error.Cause.ShouldContain("/nowhere/cloud");
    }

    [Fact]
    public async Task A_credentials_file_that_is_missing_is_a_warning_when_the_environment_names_it()
    {
        Variables["AZURE_CREDENTIALS_FILE"] = "/nowhere/cloud";

        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) });

        Log.Lines.ShouldHaveSingleItem().ShouldContain("/nowhere/cloud");
        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task Another_clouds_credentials_do_not_stand_in_the_way()
    {
        Variables["AZURE_CREDENTIALS_FILE"] = TextFile("[default]\naws_access_key_id=x\naws_secret_access_key=y\n");

        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) });
        await ShouldUseAsync(location, Key);

        (await RefusedAsync([])).Cause.ShouldContain("1 lines are not NAME=value");
    }

    [Fact]
    public async Task Earlier_keys_read_what_they_wrote()
    {
        await using (var before = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(OtherKey) }))
        {
            await before.Store.PutAsync("old", "old text");
        }

        await using var location = await OpenAsync(new()
        {
            ["encryptionKeyFile"] = KeyFile(Key),
            ["decryptionKeyFiles"] = $"{KeyFile(RandomNumberGenerator.GetBytes(16))}, {KeyFile(OtherKey)}",
        });

        (await location.Store.GetTextAsync("old")).ShouldBe("old text");
        await ShouldUseAsync(location, Key);
    }

    [Fact]
    public async Task A_weak_key_is_a_warning_without_the_key_in_it()
    {
        var weak = "abcdefghijklmnopabcdefghijklmnop";

        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Encoding.ASCII.GetBytes(weak)) });

        Log.Lines.ShouldHaveSingleItem().ShouldNotContain(weak);
    }
}
