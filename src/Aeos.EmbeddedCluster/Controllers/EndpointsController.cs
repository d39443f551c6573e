using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>Services with a selector get Endpoints and an EndpointSlice, empty ones: no addresses are served.</summary>
internal sealed class EndpointsController(ClusterState state, ResourceCatalog catalog, ObjectWriter writer, WorkQueue queue)
{
    public void Observe(ResourceType type, Change change)
    {
        if (type is not { Group: "", Plural: "services" })
        {
            return;
        }

        var service = change.After!;
        if (change.Deleted)
        {
            queue.Add(() => Remove(service));
        }
        else if (change.Before is null)
        {
            queue.Add(() => Add(service.Key));
        }
    }

    private void Add(string key)
    {
        if (state.Of(catalog["services"]).Find(key) is not { } service
            || service.Read().Child("spec", "selector") is not { Count: > 0 }
            || state.Find(catalog["namespaces"], null, service.Namespace!) is not { Deleting: false })
        {
            return;
        }

        if (state.Find(catalog["endpoints"], service.Namespace, service.Name) is null)
        {
            var endpoints = new JsonObject { ["metadata"] = new JsonObject { ["name"] = service.Name } };
            writer.Create(catalog["endpoints"], service.Namespace, endpoints, new WriteOptions());
        }

        writer.Create(catalog["endpointslices.discovery.k8s.io"], service.Namespace, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["generateName"] = service.Name + "-",
                ["labels"] = new JsonObject
                {
                    ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
                    ["kubernetes.io/service-name"] = service.Name,
                },
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Service",
                    ["name"] = service.Name,
                    ["uid"] = service.Uid.ToString(),
                    ["controller"] = true,
                    ["blockOwnerDeletion"] = true,
                }),
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = new JsonArray(),
        }, new WriteOptions());
    }

    private void Remove(StoredObject service)
    {
        if (state.Find(catalog["services"], service.Namespace, service.Name) is null
            && state.Find(catalog["endpoints"], service.Namespace, service.Name) is not null)
        {
            writer.Delete(catalog["endpoints"], service.Namespace, service.Name, new DeleteOptions());
        }
    }
}
