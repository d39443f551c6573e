using System.Security.Cryptography;
using System.Text;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Messages;

public sealed class RefusalTests : TemporaryFolder
{
    // Several frames, so that the damage comes after bytes that are good.
    private const int Length = 400_000;

    [Fact]
    public async Task A_damaged_message_leaves_no_file_and_an_existing_one_untouched()
    {
        var (key, message) = await EncryptAsync();
        message[^1] ^= 1;
        var damaged = Write("damaged", message);

        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", At("out"), damaged)).ShouldBeRefused();
        Names().ShouldBe(["damaged", "test.key"]);

        Write("out", [42]);
        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", At("out"), damaged)).ShouldBeRefused();
        (await File.ReadAllBytesAsync(At("out"))).ShouldBe([42]);
        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", damaged, damaged)).ShouldBeRefused();
        (await File.ReadAllBytesAsync(damaged)).ShouldBe(message);
        Names().ShouldBe(["damaged", "out", "test.key"]);
    }

    [Fact]
    public async Task A_pipe_gets_only_verified_bytes_and_is_said_to_be_incomplete()
    {
        var key = await KeyAsync();
        var plaintext = RandomNumberGenerator.GetBytes(Length);
        var message = (await AeosProcess.RunAsync(plaintext, ["encrypt", "-k", key])).Output;
        message[^1] ^= 1;

        var outcome = (await AeosProcess.RunAsync(message, ["decrypt", "-k", key])).ShouldBeRefused("incomplete", "standard output");
        outcome.Output.Length.ShouldBeInRange(1, Length - 1);
        plaintext.AsSpan().StartsWith(outcome.Output).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_that_is_cut_is_refused()
    {
        var (key, message) = await EncryptAsync();
        foreach (var cut in new[] { 0, 1, 3, 100, message.Length / 2, message.Length - 1 })
        {
            (await AeosProcess.RunAsync(message[..cut], ["decrypt", "-k", key, "-o", At("out")])).ShouldBeRefused();
        }

        Names().ShouldBe(["test.key"]);
    }

    [Fact]
    public async Task Bytes_behind_the_message_are_refused()
    {
        var (key, message) = await EncryptAsync();
        (await AeosProcess.RunAsync([.. message, 0], ["decrypt", "-k", key, "-o", At("out")])).ShouldBeRefused();
        Names().ShouldBe(["test.key"]);
    }

    [Fact]
    public async Task Another_key_is_refused_and_both_keys_are_named()
    {
        var (key, message) = await EncryptAsync();
        var other = await KeyAsync("other.key");
        var outcome = (await AeosProcess.RunAsync(message, ["decrypt", "-k", other, "-o", At("out")])).ShouldBeRefused();
        outcome.Error.ShouldContain(await NameAsync(key));
        outcome.Error.ShouldContain(await NameAsync(other));
        File.Exists(At("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_context_that_the_message_must_carry_is_checked_byte_for_byte()
    {
        var key = await KeyAsync();
        var message = (await AeosProcess.RunAsync([7], ["encrypt", "-k", key, "--context", "object=a/b=c", "--context", "größe=µ"])).ShouldBeDone().Output;

        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key])).ShouldBeDone();
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--context", "object=a/b=c"])).ShouldBeDone();
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--context", "größe=µ", "--context", "object=a/b=c"])).ShouldBeDone();
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--context", "object=a/b"])).ShouldBeRefused("object").Output.ShouldBeEmpty();
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--context", "other=a"])).ShouldBeRefused("other").Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-equals")]
    [InlineData("=value")]
    public async Task A_context_that_is_no_pair_is_wrong_usage(string context) =>
        (await AeosProcess.RunAsync("encrypt", "-k", await KeyAsync(), "--context", context)).ShouldBeWrongUsage("KEY=VALUE");

    [Fact]
    public async Task A_context_with_a_key_twice_is_refused() =>
        (await AeosProcess.RunAsync("encrypt", "-k", await KeyAsync(), "--context", "a=1", "--context", "a=2")).ShouldBeRefused("a").Output.ShouldBeEmpty();

    [Fact]
    public async Task Plaintext_and_the_proposals_format_are_not_taken_for_messages()
    {
        var key = await KeyAsync();
        var blob = (await AeosProcess.RunAsync([7], ["encrypt", "-k", key, "--format", "aes-gcm"])).ShouldBeDone().Output;
        (await AeosProcess.RunAsync(blob, ["decrypt", "-k", key])).ShouldBeRefused();
        (await AeosProcess.RunAsync(Encoding.UTF8.GetBytes("plain text"), ["decrypt", "-k", key])).ShouldBeRefused();
    }

    [Fact]
    public async Task A_message_is_never_read_as_the_proposals_format()
    {
        var (key, message) = await EncryptAsync();
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--format", "aes-gcm", "-o", At("out")])).ShouldBeRefused();
        Names().ShouldBe(["test.key"]);
    }

    [Fact]
    public async Task A_damaged_blob_of_the_proposals_format_leaves_nothing()
    {
        var key = await KeyAsync();
        var blob = (await AeosProcess.RunAsync(new byte[100], ["encrypt", "-k", key, "--format", "aes-gcm"])).Output;
        blob[50] ^= 1;
        (await AeosProcess.RunAsync(blob, ["decrypt", "-k", key, "--format", "aes-gcm", "-o", At("out")])).ShouldBeRefused();
        (await AeosProcess.RunAsync(blob, ["decrypt", "-k", key, "--format", "aes-gcm"])).ShouldBeRefused().Output.ShouldBeEmpty();
        Names().ShouldBe(["test.key"]);
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_wrong_usage()
    {
        var key = await KeyAsync();
        (await AeosProcess.RunAsync("encrypt", "-k", key, "--format", "aes-gcm", "--context", "a=b")).ShouldBeWrongUsage("--context");
        (await AeosProcess.RunAsync("encrypt", "-k", key, "-k", key, "--format", "aes-gcm")).ShouldBeWrongUsage("one key");
        (await AeosProcess.RunAsync("encrypt", "-k", key, "--key-name", "n")).ShouldBeWrongUsage("--key-namespace");
        (await AeosProcess.RunAsync("encrypt", "-k", key, "-k", key, "--key-name", "n", "--key-namespace", "s")).ShouldBeWrongUsage("--key-file");
    }

    [Fact]
    public async Task Missing_files_are_named()
    {
        var key = await KeyAsync();
        (await AeosProcess.RunAsync("encrypt", "-k", At("no.key"))).ShouldBeRefused("no.key");
        (await AeosProcess.RunAsync("encrypt", "-k", key, At("no-input"))).ShouldBeRefused("no-input").Output.ShouldBeEmpty();
        (await AeosProcess.RunAsync("encrypt", "-k", key, Folder)).ShouldBeRefused("folder");
        (await AeosProcess.RunAsync("encrypt", "-k", key, "-o", Folder)).ShouldBeRefused("folder");
        (await AeosProcess.RunAsync("encrypt", "-k", key, "-o", At("no-folder/out"))).ShouldBeRefused("no-folder");
        Names().ShouldBe(["test.key"]);
    }

    private async Task<(string Key, byte[] Message)> EncryptAsync()
    {
        var key = await KeyAsync();
        return (key, (await AeosProcess.RunAsync(RandomNumberGenerator.GetBytes(Length), ["encrypt", "-k", key])).ShouldBeDone().Output);
    }

    private static async Task<string> NameAsync(string key) => (await AeosProcess.RunAsync("keygen", "--from", key)).Text.TrimEnd().Split(' ')[^1];
}
