using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

public class HeaderTests
{
    [Fact]
    public async Task A_header_tells_without_a_key_what_the_message_is_and_leaves_the_input_behind_it()
    {
        using var keyring = new Keyring([WrappingKey.Generate(256), WrappingKey.FromBytes(new byte[24], "elsewhere", "ключ")]);
        var message = await TestMessages.EncryptAsync(keyring, TestMessages.Plaintext(10));
        var input = new MemoryStream(message);

        var header = await MessageHeader.ReadUnverifiedAsync(input, CancellationToken.None);

        header.SuiteId.ShouldBe(0x0478);
        header.SuiteName.ShouldBe("AES_256_GCM_HKDF_SHA512_COMMIT_KEY");
        header.FrameLength.ShouldBe(TestMessages.FrameLength);
        header.MessageId.ToArray().ShouldBe(message[3..35]);
        header.Context.Pairs.ShouldBe(TestMessages.Context.Pairs);
        header.Recipients.ShouldBe([("aeos", keyring.AllKeys[0].Name), ("elsewhere", "ключ")]);
        input.Position.ShouldBe(header.Length);
        (message.Length - header.Length).ShouldBe(24 + 10 + 16);
    }

    [Fact]
    public async Task A_wrong_key_is_told_from_the_right_ones_by_their_names()
    {
        using var writer = new Keyring([WrappingKey.Generate(256), WrappingKey.FromBytes(new byte[16], "else\u001b[31mwhere", "name\u202E\"")]);
        using var reader = new Keyring([], [WrappingKey.Generate(256), WrappingKey.Generate(128)]);
        var message = await TestMessages.EncryptAsync(writer, [1]);

        var refusal = await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(reader, message));

        refusal.Cause.ShouldBe(
            $"No key at hand opens the message: it is for \"aeos/{writer.AllKeys[0].Name}\", \"else\\u{{001B}}[31mwhere/name\\u{{202E}}\\\"\"; "
            + $"at hand: \"aeos/{reader.AllKeys[0].Name}\", \"aeos/{reader.AllKeys[1].Name}\"");
    }

    [Fact]
    public async Task Every_key_that_the_header_names_is_tried()
    {
        var secret = TestMessages.Plaintext(32);
        using var writer = new Keyring([WrappingKey.FromBytes(secret, "elsewhere", "same name")]);
        var message = await TestMessages.EncryptAsync(writer, [1, 2, 3]);
        using var reader = new Keyring([], [WrappingKey.FromBytes(new byte[16], "elsewhere", "same name"), WrappingKey.FromBytes(secret, "elsewhere", "same name")]);
        using var wrong = new Keyring([], [WrappingKey.FromBytes(new byte[16], "elsewhere", "same name")]);

        (await TestMessages.DecryptAsync(reader, message)).ShouldBe([1, 2, 3]);
        (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(wrong, message))).Cause.ShouldContain("although it names one of them");
    }

    [Fact]
    public async Task A_data_key_that_another_key_wrapped_is_passed_over()
    {
        // A name that begins as ours, ours in another namespace, and one of another provider, all before the right one.
        using var right = TestMessages.NewKeyring();
        var key = right.AllKeys[0];
        using var writer = new Keyring(
        [
            WrappingKey.FromBytes(key.Bytes, "aeos", key.Name + "x"),
            WrappingKey.FromBytes(key.Bytes, "other", key.Name),
            WrappingKey.FromBytes(new byte[16], "aeos", key.Name),
            WrappingKey.FromBytes(key.Bytes),
        ]);

        (await TestMessages.DecryptAsync(right, await TestMessages.EncryptAsync(writer, [1, 2, 3]))).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_message_bound_to_another_object_is_refused()
    {
        using var keyring = TestMessages.NewKeyring();
        var message = await TestMessages.EncryptAsync(keyring, [1], EncryptionContext.Create([new("object", "backups/a/a.tar.gz"), new("domain", "one")]));

        (await Refused([new("object", "backups/b/b.tar.gz")])).ShouldBe(
            "The message's encryption context has \"object\" = \"backups/a/a.tar.gz\"; required is \"backups/b/b.tar.gz\"");
        (await Refused([new("object", "backups/a/A.tar.gz")])).ShouldContain("required is");
        (await Refused([new("domain", "two")])).ShouldContain("required is \"two\"");
        (await Refused([new("object", "backups/a/a.tar.gz"), new("manifest", "x")])).ShouldBe("The message's encryption context has no \"manifest\"; required is \"x\"");
        (await TestMessages.DecryptAsync(keyring, message, EncryptionContext.Create([new("domain", "one")]))).ShouldBe([1]);

        async Task<string> Refused(KeyValuePair<string, string>[] pairs) =>
            (await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message, EncryptionContext.Create(pairs)))).Cause;
    }

    [Fact]
    public async Task A_header_is_never_written_twice_under_one_data_key()
    {
        using var keyring = TestMessages.NewKeyring();
        var first = await TestMessages.EncryptAsync(keyring, [1, 2, 3]);
        var second = await TestMessages.EncryptAsync(keyring, [1, 2, 3]);
        first[3..35].ShouldNotBe(second[3..35]);
        first[^19..].ShouldNotBe(second[^19..]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("AgR4aGVsbG8gd29ybGQ=", "base64")]
    [InlineData("age-encryption.org/v1\n", "age")]
    [InlineData("plain text", "does not begin with 02 04 78")]
    public async Task What_is_no_message_is_refused_with_what_it_looks_like(string content, string words)
    {
        using var keyring = TestMessages.NewKeyring();
        var refusal = await Should.ThrowAsync<MessageRefusedException>(
            () => TestMessages.DecryptAsync(keyring, System.Text.Encoding.ASCII.GetBytes(content)));
        refusal.Cause.ShouldContain(words);
    }

    [Fact]
    public async Task Peeking_tells_a_message_and_gives_every_byte_again()
    {
        using var keyring = TestMessages.NewKeyring();
        var message = await TestMessages.EncryptAsync(keyring, TestMessages.Plaintext(500));
        foreach (var content in new[] { message, [], [2], [2, 4], TestMessages.Plaintext(500) })
        {
            using var input = new UnevenStream(content);
            var (isMessage, peeked) = await MessagePrefix.PeekAsync(input, CancellationToken.None);
            isMessage.ShouldBe(content == message);
            using (var copy = new MemoryStream())
            {
                await peeked.CopyToAsync(copy);
                copy.ToArray().ShouldBe(content);
            }

            await peeked.DisposeAsync();
            input.IsDisposed.ShouldBeTrue();
        }
    }
}
