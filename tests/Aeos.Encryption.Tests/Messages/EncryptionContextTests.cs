using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Tests.Messages;

public class EncryptionContextTests
{
    [Fact]
    public void Pairs_stand_in_the_order_of_their_keys_UTF8_bytes()
    {
        var context = EncryptionContext.Create([new("\U0001F511", "1"), new("\uFF5E", "2"), new("b", "3"), new("a", "4"), new("B", "5"), new("ab", "6")]);

        context.Pairs.Select(static p => p.Key).ShouldBe(["B", "a", "ab", "b", "\uFF5E", "\U0001F511"]);
        EncryptionContext.Parse(context.Serialize()).Pairs.ShouldBe(context.Pairs);
    }

    [Fact]
    public void A_context_that_cannot_be_written_is_refused()
    {
        Refused([new("a", "1"), new("a", "2")]).ShouldContain("\"a\" twice");
        Refused([new("", "1")]).ShouldContain("empty key");
        Refused([new("aws-crypto-public-key", "1")]).ShouldContain("\"aws-crypto-\"");
        Refused([new("a", "\uD83D")]).ShouldContain("not valid Unicode");
        Refused([new("a", new string('x', 65_535))]).ShouldContain("65,535");

        static string Refused(KeyValuePair<string, string>[] pairs) => Should.Throw<AeosException>(() => EncryptionContext.Create(pairs)).Cause;
    }

    [Fact]
    public void Any_order_and_reserved_keys_are_read()
    {
        var context = EncryptionContext.Parse([0, 2, 0, 1, (byte)'b', 0, 0, 0, 12, .. "aws-crypto-x"u8, 0, 1, (byte)'1']);
        context.Pairs.ShouldBe([new("aws-crypto-x", "1"), new("b", "")]);
        context.TryGetValue("b", out var value).ShouldBeTrue();
        value.ShouldBe("");
        context.TryGetValue("B", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("00", "cut")]
    [InlineData("0000", "no pairs")]
    [InlineData("0001", "fewer pairs")]
    [InlineData("FFFF000161000162", "fewer pairs")]
    [InlineData("0001000261000162", "cut")]
    [InlineData("000100016100016200", "fill its length")]
    [InlineData("00020001610001620001610001", "cut")]
    [InlineData("0002000161000162000161000163", "twice")]
    [InlineData("00010001FF000162", "not UTF-8")]
    [InlineData("0001000161000462EDA080", "not UTF-8")]
    [InlineData("0001000161000562EDA080", "cut")]
    public void A_malformed_context_is_refused(string hex, string words) =>
        Should.Throw<MessageRefusedException>(() => EncryptionContext.Parse(Convert.FromHexString(hex))).Cause.ShouldContain(words);
}
