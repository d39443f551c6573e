using System.Security.Cryptography;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Messages;

public sealed class RoundTripTests : TemporaryFolder
{
    [Theory]
    [InlineData("bits128", "message", 0)]
    [InlineData("bits192", "message", 65536)]
    [InlineData("bits256", "message", 1)]
    [InlineData("bits256", "message", 1_000_003)]
    [InlineData("bits128", "aes-gcm", 1)]
    [InlineData("bits192", "aes-gcm", 100_000)]
    [InlineData("bits256", "aes-gcm", 0)]
    public async Task What_was_encrypted_is_decrypted_with_files_and_with_pipes(string size, string format, int length)
    {
        var key = await KeyAsync(size: size);
        var plaintext = RandomNumberGenerator.GetBytes(length);
        var plain = Write("plain", plaintext);

        (await AeosProcess.RunAsync("encrypt", "--key-file", key, "--format", format, "-o", At("enc"), plain)).ShouldBeDone().Output.ShouldBeEmpty();
        (await AeosProcess.RunAsync("decrypt", "--key-file", key, "--format", format, "-o", At("dec"), At("enc"))).ShouldBeDone().Error.ShouldBeEmpty();
        (await File.ReadAllBytesAsync(At("dec"))).ShouldBe(plaintext);

        var piped = (await AeosProcess.RunAsync(plaintext, ["encrypt", "-k", key, "--format", format])).ShouldBeDone().Output;
        (await AeosProcess.RunAsync(piped, ["decrypt", "-k", key, "--format", format, "-o", "-", "-"])).ShouldBeDone().Output.ShouldBe(plaintext);
        Names().ShouldBe(["dec", "enc", "plain", "test.key"]);
    }

    [Fact]
    public async Task A_decrypted_file_is_for_its_owner_alone_even_where_it_replaces_another()
    {
        var key = await KeyAsync();
        var message = await MessageAsync(key);
        var target = Write("out", [1]);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite);
        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", target, message)).ShouldBeDone();
        File.GetUnixFileMode(target).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_output_may_be_the_input()
    {
        var key = await KeyAsync();
        var plaintext = RandomNumberGenerator.GetBytes(300_000);
        var file = Write("file", plaintext);
        (await AeosProcess.RunAsync("encrypt", "-k", key, "-o", file, file)).ShouldBeDone();
        (await File.ReadAllBytesAsync(file)).ShouldNotBe(plaintext);
        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", file, file)).ShouldBeDone();
        (await File.ReadAllBytesAsync(file)).ShouldBe(plaintext);
    }

    [Fact]
    public async Task A_link_stays_a_link_and_the_file_behind_it_is_replaced()
    {
        var key = await KeyAsync();
        var target = Write("target", [1]);
        File.CreateSymbolicLink(At("link"), target);
        (await AeosProcess.RunAsync([2, 3], ["encrypt", "-k", key, "-o", At("link")])).ShouldBeDone();
        new FileInfo(At("link")).LinkTarget.ShouldBe(target);
        (await AeosProcess.RunAsync("decrypt", "-k", key, target)).ShouldBeDone().Output.ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Each_of_several_keys_alone_reads_the_message()
    {
        string[] keys = [await KeyAsync("1"), await KeyAsync("2", "bits128"), await KeyAsync("3", "bits192")];
        var message = (await AeosProcess.RunAsync([7], ["encrypt", "-k", keys[0], "-k", keys[1], "-k", keys[2]])).ShouldBeDone().Output;
        foreach (var key in keys)
        {
            (await AeosProcess.RunAsync(message, ["decrypt", "-k", key])).ShouldBeDone().Output.ShouldBe([7]);
        }
    }

    [Fact]
    public async Task An_earlier_key_reads_but_new_messages_are_not_for_it()
    {
        var (earlier, current) = (await KeyAsync("old"), await KeyAsync("new"));
        var message = await MessageAsync(earlier);
        (await AeosProcess.RunAsync("decrypt", "-k", current, "--decryption-key-file", earlier, message)).ShouldBeDone();

        var later = (await AeosProcess.RunAsync([7], ["encrypt", "-k", current, "--decryption-key-file", earlier])).ShouldBeDone().Output;
        (await AeosProcess.RunAsync(later, ["decrypt", "-k", earlier])).ShouldBeRefused();
    }

    [Fact]
    public async Task A_message_for_a_key_from_elsewhere_is_read_under_that_keys_name()
    {
        var key = await KeyAsync();
        var message = (await AeosProcess.RunAsync([7], ["encrypt", "-k", key, "--key-namespace", "vault", "--key-name", "k 1"])).ShouldBeDone().Output;
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "--key-namespace", "vault", "--key-name", "k 1"])).ShouldBeDone().Output.ShouldBe([7]);
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key])).ShouldBeRefused("k 1");
    }

    private async Task<string> MessageAsync(string key)
    {
        (await AeosProcess.RunAsync([1, 2, 3], ["encrypt", "-k", key, "-o", At("message")])).ShouldBeDone();
        return At("message");
    }
}
