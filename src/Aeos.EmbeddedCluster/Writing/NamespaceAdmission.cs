using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Writing;

/// <summary>Nothing is created in a namespace that is not there or that is going.</summary>
internal static class NamespaceAdmission
{
    public static void Check(ClusterState state, ResourceCatalog catalog, ResourceType type, string? ns, string name)
    {
        if (!type.Namespaced)
        {
            return;
        }

        var namespaces = catalog["namespaces"];
        var found = state.Find(namespaces, null, ns!) ?? throw ApiError.NotFound(namespaces, ns!);
        if (found.Deleting)
        {
            var cause = new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {ns} is being terminated",
                ["field"] = "metadata.namespace",
            };
            var why = $"unable to create new content in namespace {ns} because it is being terminated";
            throw ApiError.Forbidden(type, name, why, new JsonArray(cause));
        }
    }
}
