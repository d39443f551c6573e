using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Services: addresses and node ports that the old cluster gave go, those that a person chose stay, and so does <c>None</c>, which makes a service
/// headless. Fields of load balancers stay (Velero 1.18, service_action.go).
/// </summary>
internal sealed class ServiceRule(bool preserveNodePorts) : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (item.Child("spec") is not { } spec)
        {
            return ValueTask.CompletedTask;
        }

        if (spec.Text("clusterIP") != "None")
        {
            spec.Drop("clusterIP", "clusterIPs");
        }

        if (!preserveNodePorts)
        {
            var applied = AppliedService.Of(item);
            DropNodePorts(item, spec, applied);
            DropHealthCheckPort(item, spec, applied);
        }

        return ValueTask.CompletedTask;
    }

    // What kubectl applied tells alone, where it is there; else what was applied by the server.
    private static void DropNodePorts(JsonObject service, JsonObject spec, AppliedService? applied)
    {
        if (spec.Text("type") == "ExternalName")
        {
            return;
        }

        var chosen = applied?.NodePorts();
        foreach (var port in spec.Children("ports"))
        {
            if (!(chosen?.Has(port) ?? OwnedFields.HasNodePort(service, port)))
            {
                port.Drop("nodePort");
            }
        }
    }

    private static void DropHealthCheckPort(JsonObject service, JsonObject spec, AppliedService? applied)
    {
        if (spec.Text("type") == "LoadBalancer" && spec.Text("externalTrafficPolicy") == "Local"
            && applied?.HasHealthCheckPort() != true && !OwnedFields.HasHealthCheckPort(service))
        {
            spec.Drop("healthCheckNodePort");
        }
    }
}
