using System.Text;
using System.Text.Json;
using Aeos.Kubernetes.Watches;
using FsCheck;
using FsCheck.Fluent;

namespace Aeos.Kubernetes.Tests;

public class EventSplitterTests
{
    [Fact]
    public void Any_events_in_any_pieces_come_out_as_sent()
        => Prop.ForAll(Arb.From(JsonText.Events().ListOf()), Arb.From(Gen.Choose(1, 90).NonEmptyListOf()), (events, pieces) =>
            Split(string.Concat(events.Select(found => found.Json)), [.. pieces])
                .ShouldBe(events.Select(found => (found.Type, found.Item)))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(100, 7)]
    [InlineData(200_000, 1000)]
    [InlineData(2_000_000, 16_384)]
    public void A_complete_event_never_waits_for_the_next(int length, int piece)
    {
        var text = string.Concat(Enumerable.Repeat("{\\\"a\\\\\\\":1}", (length / 14) + 1));
        var json = "{\"type\":\"ADDED\",\"object\":{\"a\":\"" + text + "\"}}";
        Split(json, piece).Single().Item.Length.ShouldBe(text.Length + 8);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7 ")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"object":{}}""")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    [InlineData("""{"type":"ADDED","object":{}}}""")]
    public void What_is_no_event_is_refused(string json) => Should.Throw<JsonException>(() => Split(json, 5));

    private static List<(string Type, string Item)> Split(string json, params int[] pieces)
    {
        using var splitter = new EventSplitter(1024 * 1024);
        var found = new List<(string, string)>();
        ReadOnlyMemory<byte> rest = Encoding.UTF8.GetBytes(json);
        for (var turn = 0; rest.Length > 0; turn++)
        {
            var room = splitter.GetRoom();
            var piece = rest[..Math.Min(Math.Min(pieces[turn % pieces.Length], room.Length), rest.Length)];
            piece.CopyTo(room);
            splitter.Fill(piece.Length);
            rest = rest[piece.Length..];
            while (splitter.TryRead(out var type, out var item))
            {
                found.Add((type, Encoding.UTF8.GetString(item)));
            }
        }

        return found;
    }
}
