using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aeos.Cli.Tests.Running;
using YamlDotNet.RepresentationModel;

namespace Aeos.Cli.Tests.Messages;

public sealed class InspectTests : TemporaryFolder
{
    // Clears a screen, turns the writing around, fakes a line.
    private const string Evil = "\u001b[2J\u202egnp\u202c\nKey : none";

    [Fact]
    public async Task The_header_is_shown_without_a_key_and_as_not_verified()
    {
        var message = await MessageAsync("object", "backups/a/a.tar.gz");
        var text = (await AeosProcess.RunAsync(message, ["inspect"])).ShouldBeDone().Text;
        text.ShouldStartWith("Not verified");
        text.ShouldContain("0x0478");
        text.ShouldContain("65536");
        text.ShouldContain("object = backups/a/a.tar.gz");
        text.ShouldContain("namespace aeos");
    }

    [Fact]
    public async Task As_json_and_as_yaml_it_is_exact()
    {
        var message = await MessageAsync("größe", Evil);
        using var json = JsonDocument.Parse((await AeosProcess.RunAsync(message, ["inspect", "-o", "json"])).ShouldBeDone().Text);
        json.RootElement.GetProperty("verified").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("suite").GetString().ShouldBe("0x0478");
        json.RootElement.GetProperty("frameLength").GetInt32().ShouldBe(65536);
        json.RootElement.GetProperty("keys").GetArrayLength().ShouldBe(1);
        json.RootElement.GetProperty("context").GetProperty("größe").GetString().ShouldBe(Evil);

        var yaml = new YamlStream();
        yaml.Load(new StringReader((await AeosProcess.RunAsync(message, ["inspect", "-o", "yaml"])).ShouldBeDone().Text));
        var root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        root["verified"].ToString().ShouldBe("false");
        root["context"]["größe"].ToString().ShouldBe(Evil);
        root["keys"][0]["name"].ToString().ShouldBe(json.RootElement.GetProperty("keys")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_escaped()
    {
        var text = (await AeosProcess.RunAsync(await MessageAsync("k", Evil), ["inspect"])).ShouldBeDone().Text;
        text.ShouldContain("\\u{001B}[2J\\u{202E}gnp\\u{202C}\\nKey : none");
        text.Where(character => char.IsControl(character) && character != '\n').ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_message_is_shown_all_the_same_since_nothing_is_verified()
    {
        var message = await MessageAsync("k", "v");
        message[^1] ^= 1;
        (await AeosProcess.RunAsync(message, ["inspect"])).ShouldBeDone().Text.ShouldStartWith("Not verified");
    }

    [Fact]
    public async Task What_is_no_message_is_named()
    {
        (await AeosProcess.RunAsync("inspect")).ShouldBeRefused("empty");
        (await AeosProcess.RunAsync("plain text, größer"u8.ToArray(), ["inspect"])).ShouldBeRefused("text");
        (await AeosProcess.RunAsync(Gzip([1]), ["inspect"])).ShouldBeRefused("gzip");
        (await AeosProcess.RunAsync(Tar(), ["inspect"])).ShouldBeRefused("tar archive");
        (await AeosProcess.RunAsync("age-encryption.org/v1\n"u8.ToArray(), ["inspect"])).ShouldBeRefused("age");
        (await AeosProcess.RunAsync([0xfe, .. RandomNumberGenerator.GetBytes(100)], ["inspect"])).ShouldBeRefused("aes-gcm");
        (await AeosProcess.RunAsync("inspect", At("nothing"))).ShouldBeRefused("nothing");
    }

    [Fact]
    public async Task A_key_is_recognised_and_not_shown()
    {
        var line = await File.ReadAllTextAsync(await KeyAsync());
        (await AeosProcess.RunAsync(Encoding.ASCII.GetBytes(line), ["inspect"])).ShouldBeRefused("key").Error.ShouldNotContain(line[11..30]);
    }

    [Fact]
    public async Task The_suite_with_a_signature_is_shown_as_one_that_is_not_decrypted()
    {
        var message = await MessageAsync("k", "v");
        message[1] = 0x05;
        (await AeosProcess.RunAsync(message, ["inspect"])).ShouldBeDone().Text.ShouldContain("0x0578 (AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384, which \"aeos decrypt\" refuses)");
    }

    [Fact]
    public async Task Another_version_is_refused_by_name()
    {
        var message = await MessageAsync("k", "v");
        message[0] = 0x01;
        message[1] = 0x80;
        (await AeosProcess.RunAsync(message, ["inspect"])).ShouldBeRefused("version 1");
    }

    [Fact]
    public async Task A_header_that_is_cut_is_refused() =>
        (await AeosProcess.RunAsync((await MessageAsync("k", "v"))[..50], ["inspect"])).ShouldBeRefused();

    private async Task<byte[]> MessageAsync(string name, string value) =>
        (await AeosProcess.RunAsync([7], ["encrypt", "-k", await KeyAsync(), "--context", $"{name}={value}"])).ShouldBeDone().Output;

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Tar()
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "file"));
        }

        return packed.ToArray();
    }
}
