using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>What <c>managedFields</c> say about a service's ports: a field that somebody owns was applied, not given by the server.</summary>
internal static class OwnedFields
{
    public static bool HasNodePort(JsonObject service, JsonObject port)
    {
        var key = $"k:{{\"port\":{port["port"]?.ToJsonString()},\"protocol\":\"{port.Text("protocol")}\"}}";
        return Specs(service).Any(spec => spec.Child("f:ports").Child(key)?.ContainsKey("f:nodePort") == true);
    }

    public static bool HasHealthCheckPort(JsonObject service) => Specs(service).Any(static spec => spec.ContainsKey("f:healthCheckNodePort"));

    private static IEnumerable<JsonObject> Specs(JsonObject service) =>
        service.Child("metadata").Children("managedFields").Select(static entry => entry.Child("fieldsV1").Child("f:spec")).OfType<JsonObject>();
}
