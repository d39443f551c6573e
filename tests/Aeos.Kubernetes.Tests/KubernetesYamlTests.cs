using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Tests;

public class KubernetesYamlTests
{
    [Theory]
    [InlineData("a: b", """{"a":"b"}""")]
    [InlineData("[1, -2, 0x10, 0b11, 010, 0o10, 1_000]", "[1,-2,16,3,8,8,1000]")]
    [InlineData("[1.5, .5, 1e3, 08]", "[1.5,0.5,1000,8]")]
    [InlineData("[true, yes, On, y, false, No, off, N]", "[true,true,true,true,false,false,false,false]")]
    [InlineData("[null, ~, Null, '']", "[null,null,null,\"\"]")]
    [InlineData("['1', \"true\", 'null', 1.2.3, 0x, 1e]", "[\"1\",\"true\",\"null\",\"1.2.3\",\"0x\",\"1e\"]")]
    [InlineData("on: 1\n2: x\n'off': y", """{"true":1,"2":"x","off":true}""")]
    [InlineData("a: &x [1]\nb: *x", """{"a":[1],"b":[1]}""")]
    [InlineData("a: |\n  yes\n", "{\"a\":\"yes\\n\"}")]
    [InlineData("""{"a": [1, {"b": null}]}""", """{"a":[1,{"b":null}]}""")]
    public void YAML_means_what_it_means_to_Kubernetes(string text, string json) => KubernetesYaml.Parse(text)!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("~")]
    public void Nothing_is_null(string text) => KubernetesYaml.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("on: 1\nyes: 2", "twice")]
    [InlineData("[a", "line")]
    [InlineData("a: -.inf", "no number in JSON")]
    [InlineData("a: .NaN", "no number in JSON")]
    [InlineData("a: b: c", "line")]
    [InlineData("? [a]\n: b", "a field's name is no text")]
    [InlineData("a: 1\n---\nb: 2", "more than one document")]
    public void What_JSON_has_not_is_refused(string text, string why) => Should.Throw<FormatException>(() => KubernetesYaml.Parse(text)).Message.ShouldContain(why);

    [Fact]
    public void What_nests_deeper_than_100_levels_is_refused()
        => Should.Throw<FormatException>(() => KubernetesYaml.Parse(new string('[', 102) + new string(']', 102))).Message.ShouldContain("too deep");
}
