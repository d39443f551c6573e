using System.Text.Json;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Watches;

/// <summary>Cuts a watch's body into its events while it arrives: JSON objects one after another, each with <c>type</c> and <c>object</c>.</summary>
internal sealed class EventSplitter(int maxEventBytes) : IDisposable
{
    private readonly JsonWindow _window = new(maxEventBytes);
    private JsonReaderState _state = new(JsonLimits.Sequence);
    private string _name = "";
    private string _type = "";

    // Counted from the event's beginning, which moves with the window.
    private int _objectStart;
    private int _objectEnd;

    public Memory<byte> GetRoom() => _window.GetRoom();

    public void Fill(int count) => _window.Fill(count);

    /// <summary>Whether the bytes so far hold another event.</summary>
    /// <exception cref="JsonException">The bytes are no JSON, or no event.</exception>
    public bool TryRead(out string type, out byte[] item)
    {
        (type, item) = ("", []);
        if (!_window.IsReady)
        {
            return false;
        }

        var reader = new Utf8JsonReader(_window.Unparsed, isFinalBlock: false, _state);
        while (reader.Read())
        {
            if (Step(ref reader))
            {
                (type, item) = (_type, _window.Slice(_window.Keep + _objectStart, _window.Keep + _objectEnd).ToArray());
                Save(ref reader);
                _window.Keep = -1;
                return true;
            }
        }

        var consumed = reader.BytesConsumed;
        Save(ref reader);
        if (consumed == 0)
        {
            _window.Starve();
        }

        return false;
    }

    public void Dispose() => _window.Dispose();

    // True when the token that was read ends an event.
    private bool Step(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, reader.TokenType)
        {
            case (0, JsonTokenType.StartObject):
                _window.Keep = _window.Position + (int)reader.TokenStartIndex;
                (_type, _objectStart, _objectEnd) = ("", 0, 0);
                return false;
            case (0, JsonTokenType.EndObject):
                return _objectEnd > 0 && _type.Length > 0 ? true : throw new JsonException("a watch event has a type and an object");
            case (0, _):
                throw new JsonException("a watch event is a JSON object");
            case (1, JsonTokenType.PropertyName):
                _name = reader.ValueTextEquals("type"u8) ? "type" : reader.ValueTextEquals("object"u8) ? "object" : "";
                return false;
            case (1, JsonTokenType.String) when _name == "type":
                _type = reader.GetString()!;
                return false;
            case (1, JsonTokenType.StartObject) when _name == "object":
                _objectStart = _window.Position + (int)reader.TokenStartIndex - _window.Keep;
                return false;
            case (1, JsonTokenType.EndObject) when _name == "object":
                _objectEnd = _window.Position + (int)reader.BytesConsumed - _window.Keep;
                return false;
            default:
                return false;
        }
    }

    private void Save(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _window.Consume((int)reader.BytesConsumed);
    }
}
