using System.Security.Cryptography;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Tests.Keys;

public class WrappingKeyTests
{
    [Fact]
    public void A_key_has_the_same_name_everywhere()
    {
        var secret = new byte[32];
        using var key = WrappingKey.FromBytes(secret);
        using var again = WrappingKey.FromBytes(secret);
        using var other = WrappingKey.FromBytes(new byte[16]);

        key.Namespace.ShouldBe("aeos");
        key.Name.ShouldBe(again.Name);
        key.Name.ShouldNotBe(other.Name);

        // RFC 5869 without salt, written out: extract under zeros, expand, and the first 16 characters of 32 bytes.
        var prk = HMACSHA256.HashData(new byte[32], secret);
        var id = HMACSHA256.HashData(prk, (byte[])[.. "aeos key id"u8, 1]);
        key.Name.ShouldBe(System.Buffers.Text.Base64Url.EncodeToString(id)[..16]);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(256)]
    public void A_new_key_has_the_bits_that_were_asked_for(int bits)
    {
        using var key = WrappingKey.Generate(bits);
        using var other = WrappingKey.Generate(bits);
        key.BitLength.ShouldBe(bits);
        key.Bytes.Length.ShouldBe(bits / 8);
        key.Bytes.SequenceEqual(other.Bytes).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(33)]
    [InlineData(48)]
    [InlineData(64)]
    public void Other_lengths_are_refused(int length)
    {
        Should.Throw<KeyRefusedException>(() => WrappingKey.FromBytes(new byte[length])).Cause.ShouldContain($"{length} bytes");
        Should.Throw<KeyRefusedException>(() => WrappingKey.Generate(length * 8)).Cause.ShouldContain($"{length * 8} bits");
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("namespace", "")]
    [InlineData("aws-kms", "name")]
    public void Names_that_no_raw_keyring_has_are_refused(string keyNamespace, string name) =>
        Should.Throw<KeyRefusedException>(() => WrappingKey.FromBytes(new byte[32], keyNamespace, name));

    [Fact]
    public void A_name_that_is_not_valid_Unicode_is_refused() =>
        Should.Throw<KeyRefusedException>(() => WrappingKey.FromBytes(new byte[32], "namespace", "\uD83D")).Cause.ShouldContain("not valid Unicode");

    [Fact]
    public void Names_are_bounded_by_what_a_header_holds()
    {
        using var longest = WrappingKey.FromBytes(new byte[32], new string('n', 65_535), new string('n', 65_515));
        Should.Throw<KeyRefusedException>(() => WrappingKey.FromBytes(new byte[32], "n", new string('n', 65_516)));
        Should.Throw<KeyRefusedException>(() => WrappingKey.FromBytes(new byte[32], new string('n', 65_536), "n"));
    }

    [Fact]
    public void A_disposed_key_is_wiped_and_gives_nothing()
    {
        var key = WrappingKey.Generate(256);
        var keyring = new Keyring([key]);
        key.Bytes.ContainsAnyExcept((byte)0).ShouldBeTrue();
        var view = key.Bytes;
        keyring.Dispose();
        view.ContainsAnyExcept((byte)0).ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => key.Bytes.Length);
    }

    [Fact]
    public void A_keyring_without_keys_is_refused() =>
        Should.Throw<KeyRefusedException>(() => new Keyring([])).Cause.ShouldBe("There is no key");

    [Fact]
    public void A_keyring_for_reading_only_does_not_encrypt()
    {
        using var keyring = new Keyring([], [WrappingKey.Generate(128)]);
        Should.Throw<KeyRefusedException>(() => new Encryption.Messages.EncryptingStream(Stream.Null, keyring, Encryption.Messages.EncryptionContext.Empty));
    }
}
