using System.Security.Cryptography;
using System.Text.Json;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Stores;

public sealed class StoreTests : TemporaryFolder
{
    [Fact]
    public async Task An_object_is_put_encrypted_and_got_back_with_files_and_with_pipes()
    {
        var location = await LocationAsync();
        var plaintext = RandomNumberGenerator.GetBytes(200_000);
        var input = Write("plain", plaintext);

        (await AeosProcess.RunAsync("store", "put", "--location", location, "backups/a/one", input)).ShouldBeDone().Output.ShouldBeEmpty();
        (await AeosProcess.RunAsync(plaintext, ["store", "put", "--location", location, "backups/a/two"])).ShouldBeDone();
        (await AeosProcess.RunAsync("store", "get", "--location", location, "backups/a/one")).ShouldBeDone().Output.ShouldBe(plaintext);
        (await AeosProcess.RunAsync("store", "get", "--location", location, "backups/a/two", "-o", At("back"))).ShouldBeDone();
        (await File.ReadAllBytesAsync(At("back"))).ShouldBe(plaintext);

        var stored = await File.ReadAllBytesAsync(Stored("backups/a/one"));
        stored.AsSpan(0, 3).ToArray().ShouldBe([2, 4, 0x78]);
        stored.AsSpan().IndexOf(plaintext.AsSpan(0, 32)).ShouldBe(-1);
    }

    [Fact]
    public async Task What_is_stored_is_bound_to_its_key_relative_to_the_prefix()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync([7], ["store", "put", "--location", location, "backups/a/one"])).ShouldBeDone();
        (await AeosProcess.RunAsync("decrypt", "-k", At("test.key"), "--context", "object=backups/a/one", Stored("backups/a/one"))).ShouldBeDone().Output.ShouldBe([7]);

        File.Move(Stored("backups/a/one"), Stored("backups/a/two"));
        (await AeosProcess.RunAsync("store", "get", "--location", location, "backups/a/two", "-o", At("out"))).ShouldBeRefused("backups/a/one");
        File.Exists(At("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_object_leaves_no_file_and_an_existing_one_untouched()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync(new byte[300_000], ["store", "put", "--location", location, "one"])).ShouldBeDone();
        var bytes = await File.ReadAllBytesAsync(Stored("one"));
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(Stored("one"), bytes);

        Write("out", [42]);
        (await AeosProcess.RunAsync("store", "get", "--location", location, "one", "-o", At("out"))).ShouldBeRefused();
        (await File.ReadAllBytesAsync(At("out"))).ShouldBe([42]);
        (await AeosProcess.RunAsync("store", "get", "--location", location, "one")).ShouldBeRefused("incomplete");
    }

    [Fact]
    public async Task Keys_are_listed_as_text_json_and_yaml()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync("store", "ls", "--location", location)).ShouldBeDone().Text.ShouldBeEmpty();
        (await AeosProcess.RunAsync("store", "ls", "--location", location, "-o", "json")).ShouldBeDone().Text.ShouldBe("[]\n");
        (await AeosProcess.RunAsync("store", "ls", "--location", location, "-o", "yaml")).ShouldBeDone().Text.ShouldBe("[]\n");

        foreach (var key in new[] { "b", "a/größe", "a/1" })
        {
            (await AeosProcess.RunAsync([7], ["store", "put", "--location", location, key])).ShouldBeDone();
        }

        (await AeosProcess.RunAsync("store", "ls", "--location", location)).ShouldBeDone().Text.ShouldBe("a/1\na/größe\nb\n");
        (await AeosProcess.RunAsync("store", "ls", "--location", location, "a/")).ShouldBeDone().Text.ShouldBe("a/1\na/größe\n");
        JsonSerializer.Deserialize<string[]>((await AeosProcess.RunAsync("store", "ls", "--location", location, "-o", "json")).Text)
            .ShouldBe(["a/1", "a/größe", "b"]);
        (await AeosProcess.RunAsync("store", "ls", "--location", location, "-o", "yaml")).Text.ShouldBe("- \"a/1\"\n- \"a/gr\\u00F6\\u00DFe\"\n- \"b\"\n");
    }

    [Fact]
    public async Task An_object_is_there_until_it_is_deleted()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync([7], ["store", "put", "--location", location, "one"])).ShouldBeDone();
        (await AeosProcess.RunAsync("store", "exists", "--location", location, "one")).ShouldBeDone().Text.ShouldBe("true\n");
        (await AeosProcess.RunAsync("store", "rm", "--location", location, "one")).ShouldBeDone();

        var gone = await AeosProcess.RunAsync("store", "exists", "--location", location, "one");
        (gone.ExitCode, gone.Text, gone.Error).ShouldBe((1, "false\n", ""));
        (await AeosProcess.RunAsync("store", "rm", "--location", location, "one")).ShouldBeRefused("not found", "one");
        (await AeosProcess.RunAsync("store", "get", "--location", location, "one", "-o", At("out"))).ShouldBeRefused("not found", "one");
        File.Exists(At("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_encrypted_object_has_no_url()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync([7], ["store", "put", "--location", location, "one"])).ShouldBeDone();
        (await AeosProcess.RunAsync("store", "url", "--location", location, "--ttl", "1h30m", "one")).ShouldBeRefused("encrypted").Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_put_whose_input_fails_stores_nothing()
    {
        var location = await LocationAsync();
        (await AeosProcess.RunAsync("store", "put", "--location", location, "one", At("nothing"))).ShouldBeRefused("nothing");
        (await AeosProcess.RunAsync("store", "ls", "--location", location)).Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_bring_the_key()
    {
        var key = await KeyAsync();
        Write("credentials", (await AeosProcess.RunAsync("keygen", "--from", key, "-o", "env")).Output);
        var location = Manifest("");
        (await AeosProcess.RunAsync("store", "ls", "--location", location)).ShouldBeRefused("key");
        (await AeosProcess.RunAsync([7], ["store", "put", "--location", location, "--credentials", At("credentials"), "one"])).ShouldBeDone();
        (await AeosProcess.RunAsync("store", "get", "--location", location, "--credentials", At("credentials"), "one")).ShouldBeDone().Output.ShouldBe([7]);
    }

    [Fact]
    public async Task A_location_that_cannot_be_used_is_refused_with_the_reason()
    {
        (await AeosProcess.RunAsync("store", "ls", "--location", At("nothing"))).ShouldBeRefused("nothing", "manifest");
        (await AeosProcess.RunAsync("store", "ls", "--location", At(""))).ShouldBeRefused("manifest");
        Write("no.yaml", "kind: Pod\n"u8.ToArray());
        (await AeosProcess.RunAsync("store", "ls", "--location", At("no.yaml"))).ShouldBeRefused("BackupStorageLocation");
        var key = await KeyAsync();
        (await AeosProcess.RunAsync("store", "ls", "--location", Manifest($"    encryptionKeyFile: {key}\n    encrpyt: all\n"))).ShouldBeRefused("encrpyt");
    }

    private async Task<string> LocationAsync() => Manifest($"    encryptionKeyFile: {await KeyAsync()}\n");

    private string Manifest(string settings)
    {
        Directory.CreateDirectory(At("store/bucket"));
        return Write("location.yaml", System.Text.Encoding.UTF8.GetBytes(
            $"""
            apiVersion: velero.io/v1
            kind: BackupStorageLocation
            metadata:
              name: default
              namespace: velero
            spec:
              provider: aeos.io/filesystem
              objectStorage:
                bucket: bucket
                prefix: cluster-1
              config:
                root: {At("store")}
            {settings}
            """));
    }

    private string Stored(string key) => At($"store/bucket/cluster-1/{key}");
}
