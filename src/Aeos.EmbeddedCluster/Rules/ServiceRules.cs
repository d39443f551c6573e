using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;

namespace Aeos.Embedded.Rules;

/// <summary>Services get cluster addresses and node ports; those that they ask for must be free.</summary>
internal sealed class ServiceRules(ServiceAddresses addresses) : TypeRules
{
    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        var spec = node.Ensure("spec");
        spec.Default("type", "ClusterIP");
        SetDefaults(spec);
        var problems = new List<FieldProblem>();
        Allocate(node, spec, isNew: true, problems);
        if (problems.Count > 0)
        {
            throw ApiError.Invalid(context.Type, node.Name(), problems);
        }

        node.Default("status", new JsonObject { ["loadBalancer"] = new JsonObject() });
    }

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context)
    {
        var (spec, was) = (node.Ensure("spec"), old.Ensure("spec"));
        spec.Default("type", "ClusterIP");
        var problems = new List<FieldProblem>();
        if (spec.Text("type") != "ExternalName" && was.Filled("clusterIP") is { } address)
        {
            // What an update leaves out stays; what it changes is refused.
            if (spec.Filled("clusterIP") is { } asked && asked != address)
            {
                problems.Add(FieldProblem.InvalidText("spec.clusterIPs[0]", asked, "may not change once set"));
            }

            spec["clusterIP"] = address;
            spec["clusterIPs"] = was["clusterIPs"]?.DeepClone();
        }

        foreach (var port in spec.Objects("ports").Where(p => p.Number("nodePort") is null or 0))
        {
            var protocol = port.Text("protocol") ?? "TCP";
            var same = was.Objects("ports").FirstOrDefault(p => p.Number("port") == port.Number("port") && (p.Text("protocol") ?? "TCP") == protocol);
            if (same.Number("nodePort") is { } kept)
            {
                port["nodePort"] = kept;
            }
        }

        SetDefaults(spec);
        Allocate(node, spec, isNew: false, problems);
        if (problems.Count > 0)
        {
            throw ApiError.Invalid(context.Type, node.Name(), problems);
        }
    }

    private void Allocate(JsonObject node, JsonObject spec, bool isNew, List<FieldProblem> problems)
    {
        var key = StoredObject.KeyOf(node.Namespace(), node.Name());
        if (spec.Text("type") != "ExternalName")
        {
            AllocateAddress(key, spec, isNew, problems);
        }

        if (spec.Text("type") is "NodePort" or "LoadBalancer")
        {
            AllocatePorts(key, spec, isNew, problems);
        }
        else if (spec.Text("type") != "ExternalName" || !isNew)
        {
            // Real servers leave what a new service of type ExternalName says.
            foreach (var port in spec.Objects("ports"))
            {
                port.Remove("nodePort");
            }
        }
    }

    private void AllocateAddress(string key, JsonObject spec, bool isNew, List<FieldProblem> problems)
    {
        var asked = spec.Filled("clusterIP") ?? spec.Texts("clusterIPs").FirstOrDefault();
        if (asked is null)
        {
            asked = addresses.FreeAddress();
        }
        else if (asked != "None")
        {
            if (!ServiceAddresses.InRange(asked))
            {
                problems.Add(NotAllocated(asked, $"the provided IP ({asked}) is not in the valid range. The range of valid IPs is {ServiceAddresses.Range}"));
                return;
            }

            // Also when the same service is created again: a server allocates before it looks whether the name is free.
            if (addresses.HolderOf(asked) is { } holder && (isNew || holder != key))
            {
                problems.Add(NotAllocated(asked, "provided IP is already allocated"));
                return;
            }
        }

        spec["clusterIP"] = asked;
        spec.Default("clusterIPs", new JsonArray(asked));
    }

    private void AllocatePorts(string key, JsonObject spec, bool isNew, List<FieldProblem> problems)
    {
        if (spec.Text("type") == "LoadBalancer")
        {
            spec.Default("allocateLoadBalancerNodePorts", true);
        }

        var taken = new HashSet<long>();
        var index = 0;
        foreach (var port in spec.Objects("ports"))
        {
            var field = $"spec.ports[{index++}].nodePort";
            if (port.Number("nodePort") is > 0 and { } asked)
            {
                Claim(asked, field, key, isNew, problems);
                taken.Add(asked);
            }
            else if (spec.Flag("allocateLoadBalancerNodePorts") != false)
            {
                var free = addresses.FreePort(taken) ?? throw ApiError.Internal("failed to allocate a nodePort: range is full");
                taken.Add(free);
                port["nodePort"] = free;
            }
        }

        if (spec.Text("type") == "LoadBalancer" && spec.Text("externalTrafficPolicy") == "Local")
        {
            if (spec.Number("healthCheckNodePort") is > 0 and { } health)
            {
                Claim(health, "spec.healthCheckNodePort", key, isNew, problems);
            }
            else
            {
                spec["healthCheckNodePort"] = addresses.FreePort(taken);
            }
        }
    }

    private void Claim(long port, string field, string key, bool isNew, List<FieldProblem> problems)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        if (port is < ServiceAddresses.FirstPort or > ServiceAddresses.LastPort)
        {
            const string range = "provided port is not in the valid range. The range of valid ports is";
            problems.Add(FieldProblem.Invalid(field, number, $"{range} {ServiceAddresses.FirstPort}-{ServiceAddresses.LastPort}"));
        }
        else if (addresses.HolderOf(port) is { } holder && (isNew || holder != key))
        {
            problems.Add(FieldProblem.Invalid(field, number, "provided port is already allocated"));
        }
    }

    private static FieldProblem NotAllocated(string address, string why) =>
        FieldProblem.Invalid("spec.clusterIPs", $"[\"{address}\"]", $"failed to allocate IP {address}: {why}");

    private static void SetDefaults(JsonObject spec)
    {
        spec.Default("sessionAffinity", "None");
        if (spec.Text("type") != "ExternalName")
        {
            spec.Default("internalTrafficPolicy", "Cluster");
            spec.Default("ipFamilies", new JsonArray("IPv4"));
            spec.Default("ipFamilyPolicy", "SingleStack");
        }

        if (spec.Text("type") is "NodePort" or "LoadBalancer")
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }

        foreach (var port in spec.Objects("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["targetPort"] is null && port["port"] is { } number)
            {
                port["targetPort"] = number.DeepClone();
            }
        }
    }
}
