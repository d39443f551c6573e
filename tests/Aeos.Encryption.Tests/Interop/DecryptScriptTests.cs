using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Aeos.Encryption.Tests.Messages;

namespace Aeos.Encryption.Tests.Interop;

/// <summary>docs/message-format.md shows decrypt.mjs as the way to a backup without Aeos.</summary>
public sealed class DecryptScriptTests(JavaScriptSdk sdk) : IClassFixture<JavaScriptSdk>
{
    private const string Object = "backups/nightly-1/nightly-1.tar.gz";

    [NodeFact]
    public async Task The_documented_script_decrypts_a_backup_and_checks_which_object_it_is()
    {
        using var keyring = TestMessages.NewKeyring();
        var plaintext = TestMessages.Plaintext(300_000);
        var message = await TestMessages.EncryptAsync(keyring, plaintext, EncryptionContext.Create([new("object", Object)]), EncryptingStream.DefaultFrameLength);
        var (line, raw, input, output) = (PathOf("key.line"), PathOf("key.raw"), PathOf("message"), PathOf("plaintext"));
        await File.WriteAllBytesAsync(line, [.. KeyText.FormatLine(keyring.AllKeys[0]), (byte)'\n']);
        await File.WriteAllBytesAsync(raw, keyring.AllKeys[0].Bytes.ToArray());
        await File.WriteAllBytesAsync(input, message);

        foreach (var keyFile in new[] { line, raw })
        {
            (await sdk.RunScriptAsync("decrypt.mjs", keyFile, input, output, Object)).ExitCode.ShouldBe(0);
            (await File.ReadAllBytesAsync(output)).ShouldBe(plaintext);
            File.Delete(output);
        }

        var swapped = await sdk.RunScriptAsync("decrypt.mjs", line, input, output, "backups/nightly-2/nightly-2.tar.gz");
        swapped.ExitCode.ShouldBe(1);
        swapped.Errors.ShouldContain("bound to the object");

        message[^20] ^= 1;
        await File.WriteAllBytesAsync(input, message);
        (await sdk.RunScriptAsync("decrypt.mjs", line, input, output, Object)).ExitCode.ShouldBe(1);
        File.Exists(output).ShouldBeFalse();
        File.Exists(output + ".unfinished").ShouldBeFalse();
    }

    [Fact]
    public void The_documentation_shows_the_script_that_the_tests_run()
    {
        var script = File.ReadAllText(RepositoryRoot.PathTo("tests", "interop", "javascript", "decrypt.mjs"));
        File.ReadAllText(RepositoryRoot.PathTo("docs", "message-format.md")).ShouldContain(script);
    }

    private string PathOf(string name) => Path.Combine(sdk.Workspace, name);
}
