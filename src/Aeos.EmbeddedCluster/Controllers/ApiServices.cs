using System.Text.Json.Nodes;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>The objects that stand for each served group and version; servers make them by themselves and label them so.</summary>
internal static class ApiServices
{
    private const string ManagedLabel = "kube-aggregator.kubernetes.io/automanaged";

    /// <summary>Makes the object unless it is there.</summary>
    /// <param name="state">Where to look.</param>
    /// <param name="catalog">The types.</param>
    /// <param name="writer">Stores it.</param>
    /// <param name="group">The API group; empty for core.</param>
    /// <param name="version">The version.</param>
    /// <param name="managed"><c>onstart</c> for what is built in, <c>true</c> for what definitions serve.</param>
    public static void Register(ClusterState state, ResourceCatalog catalog, ObjectWriter writer, string group, string version, string managed)
    {
        var type = catalog["apiservices.apiregistration.k8s.io"];
        var name = $"{version}.{group}";
        if (state.Find(type, null, name) is not null)
        {
            return;
        }

        writer.Create(type, null, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [ManagedLabel] = managed } },
            ["spec"] = new JsonObject { ["group"] = group, ["version"] = version, ["groupPriorityMinimum"] = 1000, ["versionPriority"] = 100 },
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Available", ["status"] = "True", ["reason"] = "Local" }),
            },
        }, new WriteOptions { KeepStatus = true });
    }

    public static void Remove(ClusterState state, ResourceCatalog catalog, ObjectWriter writer, string group, string version)
    {
        var type = catalog["apiservices.apiregistration.k8s.io"];
        if (state.Find(type, null, $"{version}.{group}") is { } found)
        {
            writer.Delete(type, null, found.Name, new DeleteOptions());
        }
    }
}
