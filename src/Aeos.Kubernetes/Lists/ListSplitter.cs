using System.Text.Json;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Lists;

/// <summary>
/// Cuts the items out of a list while its bytes arrive, wherever they are cut: no tree, no second copy of the page, each byte looked at once. An item
/// comes out byte for byte as it was sent, save that <c>apiVersion</c> and <c>kind</c>, which lists leave out, are put at its front.
/// </summary>
internal sealed class ListSplitter(string apiVersion, string kind, int maxItemBytes) : IDisposable
{
    private enum Place
    {
        Elsewhere,
        Metadata,
        Items,
    }

    private enum Pending
    {
        None,
        Items,
        Metadata,
        Continue,
        ResourceVersion,
    }

    private readonly ItemHead _head = new(apiVersion, kind);
    private readonly JsonWindow _window = new(maxItemBytes);
    private JsonReaderState _state = new(JsonLimits.Reader);
    private Place _place;
    private Pending _pending;
    private ItemFields _fields;
    private bool _begun;

    /// <summary>The token for the next page, as soon as it is known: API servers send it before the items. Empty: no more pages.</summary>
    public string Continue { get; private set; } = "";

    /// <summary>The version of the state that is listed, as soon as it is known.</summary>
    public string ResourceVersion { get; private set; } = "";

    /// <summary>Whether the list has been read to its end; a stream that ends before was cut off.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the stream has ended, complete or not.</summary>
    public bool IsEnded => _window.IsFinal;

    public Memory<byte> GetRoom() => _window.GetRoom();

    public void Fill(int count) => _window.Fill(count);

    /// <summary>Whether the bytes so far hold another item.</summary>
    /// <exception cref="JsonException">The bytes are no JSON, or no list. A stream that merely ended too early is not an exception.</exception>
    public bool TryRead(out byte[] item)
    {
        item = [];
        if (IsComplete || !_window.IsReady)
        {
            return IsComplete && RefuseMore();
        }

        // Never "final": a list that is cut off is told by IsComplete, not by the parser's complaint.
        var reader = new Utf8JsonReader(_window.Unparsed, isFinalBlock: false, _state);
        var consumed = 0;
        while (reader.Read())
        {
            if (Step(ref reader))
            {
                item = TakeItem(_window.Position + (int)reader.BytesConsumed);
                Save(ref reader);
                return true;
            }

            consumed = (int)reader.BytesConsumed;
            if (IsComplete)
            {
                Save(ref reader);
                return RefuseMore();
            }
        }

        Save(ref reader);
        if (consumed == 0)
        {
            _window.Starve();
        }

        return false;
    }

    public void Dispose() => _window.Dispose();

    // True when the token that was read ends an item.
    private bool Step(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case 0:
                Root(reader.TokenType);
                return false;
            case 1:
                Property(ref reader);
                return false;
            case 2 when _place == Place.Items:
                return Item(ref reader);
            case 2 when _place == Place.Metadata && reader.TokenType == JsonTokenType.PropertyName:
                _pending = reader.ValueTextEquals("continue"u8) ? Pending.Continue
                    : reader.ValueTextEquals("resourceVersion"u8) ? Pending.ResourceVersion : Pending.None;
                return false;
            case 2 when _place == Place.Metadata && reader.TokenType == JsonTokenType.String:
                KeepText(reader.GetString()!);
                return false;
            case 3 when _place == Place.Items && reader.TokenType == JsonTokenType.PropertyName:
                _fields = ItemHead.Note(ref reader, _fields);
                return false;
            default:
                return false;
        }
    }

    private void Root(JsonTokenType token)
    {
        if (!_begun && token != JsonTokenType.StartObject)
        {
            throw new JsonException("a list is a JSON object");
        }

        _begun = true;
        IsComplete = token == JsonTokenType.EndObject;
    }

    private void Property(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _pending = reader.ValueTextEquals("items"u8) ? Pending.Items
                    : reader.ValueTextEquals("metadata"u8) ? Pending.Metadata : Pending.None;
                _place = Place.Elsewhere;
                break;
            case JsonTokenType.StartArray when _pending == Pending.Items:
                _place = Place.Items;
                break;
            case JsonTokenType.StartObject when _pending == Pending.Metadata:
                _place = Place.Metadata;
                break;
            case JsonTokenType.Null when _pending == Pending.Items:
                break;
            default:
                if (_pending == Pending.Items && reader.TokenType != JsonTokenType.EndArray)
                {
                    throw new JsonException("a list's items are an array");
                }

                _place = Place.Elsewhere;
                _pending = Pending.None;
                break;
        }
    }

    private bool Item(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _window.Keep = _window.Position + (int)reader.TokenStartIndex;
                _fields = ItemFields.None;
                return false;
            case JsonTokenType.EndObject:
                return true;
            default:
                throw new JsonException("a list's item is a JSON object");
        }
    }

    private void KeepText(string text)
    {
        if (_pending == Pending.Continue)
        {
            Continue = text;
        }
        else if (_pending == Pending.ResourceVersion)
        {
            ResourceVersion = text;
        }
    }

    private byte[] TakeItem(int end)
    {
        var item = _window.Slice(_window.Keep, end);
        if (item.Length > maxItemBytes)
        {
            throw TooLarge();
        }

        var whole = _head.Complete(item, _fields);
        _window.Keep = -1;
        return whole;
    }

    private void Save(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _window.Consume((int)reader.BytesConsumed);
    }

    // After the list's end only white space may follow.
    private bool RefuseMore()
    {
        if (_window.Unparsed.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            throw new JsonException("something follows the list's end");
        }

        _window.Consume(_window.Unparsed.Length);
        return false;
    }

    private KubernetesException TooLarge() => new(
        $"the API server sent an object of more than {maxItemBytes} bytes",
        "Look for the object among those of this resource; no API server stores one of this size, so it comes from an aggregated one.");
}
