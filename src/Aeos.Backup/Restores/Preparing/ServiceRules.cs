using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Cluster IPs and node ports: those that the old cluster gave go, those that a person chose stay (Velero 1.18, service_action.go).</summary>
internal static class ServiceRules
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <param name="service">With its managedFields: they tell what was chosen by whom.</param>
    /// <param name="preserveNodePorts">Whether node ports stay.</param>
    public static void Apply(JsonObject service, bool preserveNodePorts)
    {
        if (service.Child("spec") is not { } spec)
        {
            return;
        }

        if (spec.Text("clusterIP") != "None")
        {
            spec.Drop("clusterIP", "clusterIPs");
        }

        if (preserveNodePorts)
        {
            return;
        }

        var applied = Applied(service);
        if (spec.Text("type") != "ExternalName")
        {
            ClearNodePorts(service, spec, applied);
        }

        if (spec.Text("type") == "LoadBalancer" && spec.Text("externalTrafficPolicy") == "Local" && !ChoseHealthCheckPort(service, applied))
        {
            spec.Drop("healthCheckNodePort");
        }
    }

    private static void ClearNodePorts(JsonObject service, JsonObject spec, JsonObject? applied)
    {
        var chosen = applied is null ? null : applied.Child("spec").Children("ports").Where(static port => Number(port, "nodePort") > 0).ToList();
        foreach (var port in spec.Children("ports"))
        {
            var (name, nodePort) = (port.Text("name"), Number(port, "nodePort"));
            var stays = chosen is null
                ? ManagedPorts(service).Any(managed => Owns(managed, port))
                : name.Length > 0
                    ? chosen.Exists(other => other.Text("name") == name)
                    : chosen.Exists(other => !other.ContainsKey("name") && Number(other, "nodePort") == nodePort);
            if (!stays)
            {
                port.Drop("nodePort");
            }
        }
    }

    private static bool ChoseHealthCheckPort(JsonObject service, JsonObject? applied) =>
        Number(applied.Child("spec"), "healthCheckNodePort") > 0 || ManagedSpecs(service).Any(static spec => spec.ContainsKey("f:healthCheckNodePort"));

    private static JsonObject? Applied(JsonObject service)
    {
        var text = service.Child("metadata").Child("annotations").Text(LastApplied);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonObject> ManagedSpecs(JsonObject service) =>
        service.Child("metadata").Children("managedFields").Select(static entry => entry.Child("fieldsV1").Child("f:spec")).OfType<JsonObject>();

    // Keys are k:{"port":80,"protocol":"TCP"}; an owner of f:nodePort applied it server-side.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> ManagedPorts(JsonObject service) =>
        ManagedSpecs(service).SelectMany(static spec => spec.Child("f:ports") ?? []).Where(static port => (port.Value as JsonObject)?.ContainsKey("f:nodePort") == true);

    private static bool Owns(KeyValuePair<string, JsonNode?> managed, JsonObject port)
    {
        try
        {
            return managed.Key.StartsWith("k:", StringComparison.Ordinal)
                && JsonNode.Parse(managed.Key[2..]) is JsonObject key
                && Number(key, "port") == Number(port, "port")
                && (key.Text("protocol") is var protocol && (protocol.Length == 0 || protocol == port.Text("protocol")));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int Number(JsonObject? node, string name) => node?[name] is JsonValue value
        ? value.TryGetValue<int>(out var number) || (value.TryGetValue<string>(out var text) && int.TryParse(text, out number)) ? number : 0
        : 0;
}
