using System.Text;
using System.Text.Json;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace Aeos.Kubernetes.Tests;

public class ListSplitterTests
{
    [Fact]
    public void An_item_comes_out_as_sent_with_apiVersion_and_kind_at_its_front()
        => Split("""{"kind":"PodList","metadata":{},"items":[ {"metadata" : {"name":"a"}, "n":1.50} ]}""", 7).Items
            .ShouldBe(["""{"apiVersion":"v1","kind":"Pod","metadata" : {"name":"a"}, "n":1.50}"""]);

    [Theory]
    [InlineData("{}", """{"apiVersion":"v1","kind":"Pod"}""")]
    [InlineData("""{"kind":"X"}""", """{"apiVersion":"v1","kind":"X"}""")]
    [InlineData("""{"a":1,"apiVersion":"v9"}""", """{"kind":"Pod","a":1,"apiVersion":"v9"}""")]
    [InlineData("""{"kind":"X","apiVersion":"v9"}""", """{"kind":"X","apiVersion":"v9"}""")]
    [InlineData("""{"spec":{"kind":"no","apiVersion":"no"}}""", """{"apiVersion":"v1","kind":"Pod","spec":{"kind":"no","apiVersion":"no"}}""")]
    public void Only_what_an_item_lacks_is_added(string item, string expected)
        => Split($$"""{"items":[{{item}}]}""", 3).Items.ShouldBe([expected]);

    [Fact]
    public void Token_and_version_are_known_before_and_after_the_items()
    {
        Split("""{"metadata":{"resourceVersion":"7","x":{"continue":"no"},"continue":"t"},"items":[]}""", 5).ShouldSatisfyAllConditions(
            list => list.Continue.ShouldBe("t"), list => list.Version.ShouldBe("7"));
        Split("""{"items":[{"metadata":{"continue":"no"}}],"metadata":{"continue":"t"}}""", 5).Continue.ShouldBe("t");
    }

    [Theory]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"kind":"PodList"}""")]
    public void A_list_without_items_is_a_list(string json) => Split(json, 4).ShouldSatisfyAllConditions(
        list => list.Items.ShouldBeEmpty(), list => list.IsComplete.ShouldBeTrue());

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":7}""")]
    [InlineData("""{"items":[1]}""")]
    [InlineData("""{"items":[[]]}""")]
    [InlineData("""{"items":[null]}""")]
    [InlineData("""{"items":[{}]}x""")]
    [InlineData("""{"items":[{}]}{}""")]
    [InlineData("""{"items":[{"a":01}]}""")]
    [InlineData("""{"items":[{},]}""")]
    public void What_is_no_list_is_refused(string json) => Should.Throw<JsonException>(() => Split(json, 3));

    [Fact]
    public void A_list_cut_anywhere_is_not_complete_and_gives_only_whole_items()
    {
        var json = """{"metadata":{"continue":"t"},"items":[{"a":"é\"}"},{"b":[1,{"c":2}]}]}""";
        var bytes = Encoding.UTF8.GetBytes(json);
        var whole = Split(bytes, 1000).Items;
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = Split(bytes[..length], 11);
            cut.IsComplete.ShouldBeFalse();
            cut.Items.ShouldBe(whole.Take(cut.Items.Count));
        }
    }

    [Fact]
    public void Custom_resource_definitions_may_nest_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"properties\":", 4000)) + "1" + new string('}', 4000);
        Split($$"""{"items":[{{deep}}]}""", 1000).Items.Single().Length.ShouldBe(deep.Length + "'apiVersion':'v1','kind':'Pod',".Length);
    }

    [Fact]
    public void An_item_larger_than_the_limit_is_refused_before_it_fills_the_memory()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"items":[{"a":"{{new string('x', 3_000_000)}}"}]}""");
        Should.Throw<KubernetesException>(() => Split(json, 64 * 1024, limit: 1_000_000)).Cause.ShouldContain("more than 1000000 bytes");
        Split(json, 64 * 1024, limit: 4_000_000).Items.Count.ShouldBe(1);
    }

    [Fact]
    public void Any_list_in_any_pieces_equals_a_reference_parse()
        => Prop.ForAll(Arb.From(JsonText.Lists()), Arb.From(Gen.Choose(1, 90).NonEmptyListOf()), (json, pieces) =>
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            var expected = document.RootElement.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
                ? items.EnumerateArray().Select(JsonText.Completed).ToList()
                : [];
            var metadata = document.RootElement.TryGetProperty("metadata", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;

            var split = Split(Encoding.UTF8.GetBytes(json), pieces.ToArray());
            split.Items.ShouldBe(expected);
            split.IsComplete.ShouldBeTrue();
            split.Continue.ShouldBe(JsonText.TextOf(metadata, "continue"));
            split.Version.ShouldBe(JsonText.TextOf(metadata, "resourceVersion"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    private static SplitList Split(string json, params int[] pieces) => Split(Encoding.UTF8.GetBytes(json), pieces);

    private static SplitList Split(byte[] json, params int[] pieces) => Split(json, pieces, 64 * 1024 * 1024);

    private static SplitList Split(byte[] json, int piece, int limit) => Split(json, [piece], limit);

    private static SplitList Split(byte[] json, int[] pieces, int limit)
    {
        using var splitter = new ListSplitter("v1", "Pod", limit);
        var items = new List<string>();
        var rest = json.AsMemory();
        for (var turn = 0; ; turn++)
        {
            while (splitter.TryRead(out var item))
            {
                items.Add(Encoding.UTF8.GetString(item));
            }

            if (splitter.IsEnded)
            {
                return new SplitList(items, splitter.IsComplete, splitter.Continue, splitter.ResourceVersion);
            }

            var room = splitter.GetRoom();
            var piece = rest[..Math.Min(Math.Min(pieces[turn % pieces.Length], room.Length), rest.Length)];
            piece.CopyTo(room);
            splitter.Fill(piece.Length);
            rest = rest[piece.Length..];
        }
    }

    private sealed record SplitList(List<string> Items, bool IsComplete, string Continue, string Version);
}
