using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aeos.Cli.Tests.Running;
using YamlDotNet.RepresentationModel;

namespace Aeos.Cli.Tests.Keys;

public sealed partial class KeygenTests : TemporaryFolder
{
    [Theory]
    [InlineData(null, 32)]
    [InlineData("bits256", 32)]
    [InlineData("bits192", 24)]
    [InlineData("bits128", 16)]
    public async Task It_prints_the_seeds_lines_and_the_keys_name(string? size, int length)
    {
        var lines = (await AeosProcess.RunAsync(["keygen", .. size is null ? Array.Empty<string>() : [size]])).ShouldBeDone().Text.Split('\n');
        lines.Length.ShouldBe(4);
        var key = Convert.FromBase64String(Value(lines[0], "Key     (B64)   :       "));
        key.Length.ShouldBe(length);
        Convert.FromBase64String(Value(lines[1], "KeyHash (B64)   :       ")).ShouldBe(SHA256.HashData(key));
        NameShape().IsMatch(Value(lines[2], "Key name        :       ")).ShouldBeTrue();
        lines[3].ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_keys_are_never_the_same() =>
        (await AeosProcess.RunAsync("keygen")).Text.ShouldNotBe((await AeosProcess.RunAsync("keygen")).Text);

    [Theory]
    [InlineData("bits384")]
    [InlineData("bits512")]
    public async Task A_size_that_AES_has_not_is_refused(string size) =>
        (await AeosProcess.RunAsync("keygen", size)).ShouldBeWrongUsage("AES has no key", size).Output.ShouldBeEmpty();

    [Fact]
    public async Task A_size_that_nothing_has_is_refused() => (await AeosProcess.RunAsync("keygen", "256")).ShouldBeWrongUsage("bits256");

    [Fact]
    public async Task An_ascii_key_is_printed_as_letters_too_with_what_that_costs()
    {
        var outcome = (await AeosProcess.RunAsync("keygen", "--ascii")).ShouldBeDone();
        var lines = outcome.Text.Split('\n');
        var letters = Value(lines[0], "Key    (ASCII)  :       ");
        letters.Length.ShouldBe(32);
        letters.All(char.IsAsciiLetter).ShouldBeTrue();
        Convert.FromBase64String(Value(lines[1], "Key     (B64)   :       ")).ShouldBe(Encoding.ASCII.GetBytes(letters));
        outcome.Error.ShouldContain("182 bits of strength instead of 256");
    }

    [Fact]
    public async Task A_keys_file_is_new_and_for_its_owner_alone()
    {
        var path = await KeyAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var before = await File.ReadAllBytesAsync(path);
        Encoding.ASCII.GetString(before).ShouldStartWith("aeos-key-1:");
        (await AeosProcess.RunAsync("keygen", "--out", path)).ShouldBeRefused("never overwritten");
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
        Names().ShouldBe(["test.key"]);
    }

    [Fact]
    public async Task A_key_is_not_written_through_a_link_that_leads_nowhere()
    {
        File.CreateSymbolicLink(At("link"), At("elsewhere"));
        (await AeosProcess.RunAsync("keygen", "--out", At("link"))).ShouldBeRefused("never overwritten");
        Names().ShouldBe(["link"]);
    }

    [Theory]
    [InlineData("bits128")]
    [InlineData("bits192")]
    [InlineData("bits256")]
    public async Task Every_form_holds_the_same_key(string size)
    {
        var path = await KeyAsync("k", size);
        var raw = (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "raw")).ShouldBeDone().Output;
        var shown = (await AeosProcess.RunAsync("keygen", "--from", path)).ShouldBeDone().Text;

        shown.ShouldContain($"KeyHash (B64)   :       {Convert.ToBase64String(SHA256.HashData(raw))}\n");
        shown.ShouldNotContain(Convert.ToBase64String(raw));

        (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "line")).Output.ShouldBe(await File.ReadAllBytesAsync(path));
        (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "env")).Text.ShouldBe(
            $"AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY={Convert.ToBase64String(raw)}\n"
            + $"AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH={Convert.ToBase64String(SHA256.HashData(raw))}\n");

        (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "raw", "--out", At("raw"))).ShouldBeDone();
        (await AeosProcess.RunAsync("keygen", "--from", At("raw"))).ShouldBeDone().Text.ShouldBe(shown);
        (await AeosProcess.RunAsync(raw, ["keygen", "--from", "-"])).ShouldBeDone().Text.ShouldBe(shown);
    }

    [Fact]
    public async Task The_Secret_is_a_manifest_with_the_raw_key_in_its_field()
    {
        var path = await KeyAsync();
        var raw = (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "raw")).Output;
        var manifest = (await AeosProcess.RunAsync("keygen", "--from", path, "-o", "secret", "--name", "123", "--namespace", "1e3")).ShouldBeDone().Text;

        var stream = new YamlStream();
        stream.Load(new StringReader(manifest));
        var secret = (YamlMappingNode)stream.Documents.Single().RootNode;
        secret["apiVersion"].ToString().ShouldBe("v1");
        secret["kind"].ToString().ShouldBe("Secret");
        // Names that YAML would take for numbers.
        ((YamlScalarNode)secret["metadata"]["name"]).Style.ShouldBe(YamlDotNet.Core.ScalarStyle.DoubleQuoted);
        secret["metadata"]["name"].ToString().ShouldBe("123");
        secret["metadata"]["namespace"].ToString().ShouldBe("1e3");
        Convert.FromBase64String(secret["data"]["encryptionKey"].ToString()).ShouldBe(raw);
    }

    [Theory]
    [InlineData("Upper", "velero")]
    [InlineData("a..b", "velero")]
    [InlineData("-a", "velero")]
    [InlineData("a\nb", "velero")]
    [InlineData("a", "with.dot")]
    [InlineData("a", "")]
    public async Task Names_that_Kubernetes_would_refuse_are_refused(string name, string namespaceName) =>
        (await AeosProcess.RunAsync("keygen", "-o", "secret", "--name", name, "--namespace", namespaceName)).ShouldBeWrongUsage("cannot be").Output.ShouldBeEmpty();

    [Fact]
    public async Task A_Secret_needs_a_name() => (await AeosProcess.RunAsync("keygen", "-o", "secret")).ShouldBeWrongUsage("--name");

    [Fact]
    public async Task A_new_key_and_one_at_hand_are_not_asked_for_at_once() =>
        (await AeosProcess.RunAsync("keygen", "bits256", "--from", await KeyAsync())).ShouldBeWrongUsage("--from");

    [Fact]
    public async Task A_file_that_holds_no_key_is_refused_without_showing_it()
    {
        var base64 = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var path = Write("b64", Encoding.ASCII.GetBytes(base64));
        (await AeosProcess.RunAsync("keygen", "--from", path)).ShouldBeRefused("base64").Error.ShouldNotContain(base64);
    }

    private static string Value(string line, string label)
    {
        line.ShouldStartWith(label);
        return line[label.Length..];
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{16}$")]
    private static partial Regex NameShape();
}
