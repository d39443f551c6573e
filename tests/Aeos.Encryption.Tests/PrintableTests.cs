namespace Aeos.Encryption.Tests;

public class PrintableTests
{
    [Theory]
    [InlineData("backups/größe/大きい", "backups/größe/大きい")]
    [InlineData("a\r\n\tb\\", "a\\r\\n\\tb\\\\")]
    [InlineData("\u001b[2J\u0000\u0085", "\\u{001B}[2J\\u{0000}\\u{0085}")]
    [InlineData("\u202Egpj\u2066\u200B\u2028", "\\u{202E}gpj\\u{2066}\\u{200B}\\u{2028}")]
    [InlineData("\U000E0041\U0001F511", "\\u{E0041}\U0001F511")]
    public void What_does_not_print_as_itself_is_escaped(string text, string escaped) => Printable.Escape(text).ShouldBe(escaped);

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() => Printable.Escape("a\uD83D").ShouldBe("a\\u{D83D}");

    [Fact]
    public void Quoted_text_is_cut_and_cannot_end_its_quotation()
    {
        Printable.Quote("a\"b").ShouldBe("\"a\\\"b\"");
        Printable.Quote(new string('x', 1000)).ShouldBe($"\"{new string('x', 200)}…\"");
    }
}
