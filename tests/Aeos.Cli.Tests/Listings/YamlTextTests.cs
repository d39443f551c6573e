using System.Text;
using Aeos.Cli.CommandLine;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Cli.Tests.Listings;

public sealed class YamlTextTests
{
    [Fact]
    public void It_is_laid_out_as_kubectl_does() => Format("""{"b":{"list":["x",{"k":1,"a":[]},["y"]],"empty":{}},"a":"text","nil":null,"t":true}""").ShouldBe(
        """
        a: text
        b:
          empty: {}
          list:
          - x
          - a: []
            k: 1
          - - "y"
        nil: null
        t: true

        """);

    [Theory]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("1_000")]
    [InlineData("0x1F")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T00:38:10Z")]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- a")]
    [InlineData("*")]
    [InlineData("line\nbreak")]
    [InlineData("größe\u202e")]
    public void A_text_that_could_be_read_as_something_else_is_quoted(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Format($"{{\"{System.Text.Json.JsonEncodedText.Encode(text)}\":\"{System.Text.Json.JsonEncodedText.Encode(text)}\"}}")));
        var (key, value) = ((YamlMappingNode)yaml.Documents[0].RootNode).Children.Single();
        foreach (var scalar in new[] { (YamlScalarNode)key, (YamlScalarNode)value })
        {
            scalar.Style.ShouldBe(ScalarStyle.DoubleQuoted);
            scalar.Value.ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("720h0m0s")]
    [InlineData("1.1.0")]
    [InlineData("velero.io/backup-name")]
    [InlineData("aes-gcm")]
    public void A_plain_text_is_not(string text) => Format($"{{\"a\":\"{text}\"}}").ShouldBe($"a: {text}\n");

    private static string Format(string json) => JsonText.Format(Encoding.UTF8.GetBytes(json), ListingFormat.Yaml);
}
