using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Aeos.Server.Resources;

/// <summary>How trees are written, without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ResourceJson : JsonSerializerContext;
