namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class JsonPatchTests
{
    private const string Item = """{"kind":"ConfigMap","metadata":{"name":"a","annotations":{"x/y":"1","t~u":"2"}},"list":[1,2,3],"map":{"a":{"b":"c"}},"none":null}""";

    private static (System.Text.Json.Nodes.JsonObject Item, IReadOnlyList<string> Failures) Patch(string operations)
        => Modification.Apply(Modification.Rules(Modification.Rule("groupResource: configmaps", $"patches: [{operations}]")), "configmaps", Item);

    private static System.Text.Json.Nodes.JsonObject Patched(string operations)
    {
        var (item, failures) = Patch(operations);
        failures.ShouldBeEmpty();
        return item;
    }

    [Theory]
    [InlineData("{operation: add, path: /map/d, value: e}", "/map", """{"a":{"b":"c"},"d":"e"}""")]
    [InlineData("{operation: add, path: /map/a, value: e}", "/map", """{"a":"e"}""")]
    [InlineData("{operation: add, path: /list/0, value: 0}", "/list", "[0,1,2,3]")]
    [InlineData("{operation: add, path: /list/3, value: 4}", "/list", "[1,2,3,4]")]
    [InlineData("{operation: add, path: /list/-, value: 4}", "/list", "[1,2,3,4]")]
    [InlineData("{operation: remove, path: /list/1}", "/list", "[1,3]")]
    [InlineData("{operation: remove, path: /list/-1}", "/list", "[1,2]")]
    [InlineData("{operation: remove, path: /map/a}", "/map", "{}")]
    [InlineData("{operation: replace, path: /list/0, value: x}", "/list", """["x",2,3]""")]
    [InlineData("{operation: replace, path: /map/a/b, value: x}", "/map", """{"a":{"b":"x"}}""")]
    [InlineData("{operation: copy, from: /map/a, path: /map/d}", "/map", """{"a":{"b":"c"},"d":{"b":"c"}}""")]
    [InlineData("{operation: move, from: /map/a, path: /map/d}", "/map", """{"d":{"b":"c"}}""")]
    [InlineData("{operation: move, from: /list/0, path: /list/-}", "/list", "[2,3,1]")]
    [InlineData("{operation: copy, from: /map/a, path: /map/d}, {operation: replace, path: /map/d/b, value: x}", "/map", """{"a":{"b":"c"},"d":{"b":"x"}}""")]
    [InlineData("{operation: test, path: /none, value: 'null'}, {operation: add, path: /map/d, value: e}", "/map", """{"a":{"b":"c"},"d":"e"}""")]
    [InlineData("{operation: remove, path: /metadata/annotations/x~1y}", "/metadata/annotations", """{"t~u":"2"}""")]
    [InlineData("{operation: remove, path: /metadata/annotations/t~0u}", "/metadata/annotations", """{"x/y":"1"}""")]
    public void Every_operation_does_what_the_standard_says(string operations, string path, string expected)
        => path.Split('/')[1..].Aggregate((System.Text.Json.Nodes.JsonNode?)Patched(operations), static (node, name) => node![name]).ShouldBeJson(expected);

    [Theory]
    [InlineData("text", "\"text\"")]
    [InlineData("'1'", "1")]
    [InlineData("1", "1")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("'1e3'", "1e3")]
    [InlineData("true", "true")]
    [InlineData("'false'", "false")]
    [InlineData("yes", "true")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("'null'", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("'\"1\"'", "\"1\"")]
    [InlineData("'\"true\"'", "\"true\"")]
    [InlineData("'{\"a\": [1]}'", "{\"a\":[1]}")]
    [InlineData("'[{\"a\": 1}]'", "[{\"a\":1}]")]
    [InlineData("'a\\tb'", "\"a\\tb\"")]
    public void A_value_is_JSON_where_it_looks_like_it_and_else_text(string yaml, string json)
        => (Patched($"{{operation: add, path: /map/v, value: {yaml}}}")["map"]!["v"]?.ToJsonString() ?? "null").ShouldBe(json);

    [Fact]
    public void A_test_that_fails_leaves_the_object_as_it_is_and_is_no_error()
        => Patched("{operation: add, path: /map/d, value: e}, {operation: test, path: /map/a/b, value: other}").ShouldBeJson(Item);

    [Theory]
    [InlineData("{operation: remove, path: /map/missing}", "/map/missing")]
    [InlineData("{operation: replace, path: /map/missing, value: x}", "/map/missing")]
    [InlineData("{operation: add, path: /missing/deeper, value: x}", "/missing/deeper")]
    [InlineData("{operation: copy, from: /missing, path: /map/d}", "/missing")]
    [InlineData("{operation: test, path: /missing/deeper, value: x}", "/missing/deeper")]
    [InlineData("{operation: remove, path: /list/3}", "\"3\"")]
    [InlineData("{operation: add, path: /list/5, value: x}", "\"5\"")]
    [InlineData("{operation: remove, path: /list/x}", "\"x\"")]
    [InlineData("{operation: remove, path: map}", "map")]
    [InlineData("{operation: remove, path: /kind}", "no kind")]
    [InlineData("{operation: replace, path: /map/a/b/c, value: x}", "/map/a/b/c")]
    public void A_path_that_leads_nowhere_is_an_error_and_changes_nothing(string operations, string cause)
    {
        var (item, failures) = Patch($"{{operation: add, path: /map/d, value: e}}, {operations}");

        failures.ShouldHaveSingleItem().ShouldContain(cause);
        item.ShouldBeJson(Item);
    }
}
