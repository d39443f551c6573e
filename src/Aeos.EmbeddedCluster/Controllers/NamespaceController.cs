using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>
/// Gives a new namespace its service account and the cluster's certificate, in the same step (a real server takes a moment); empties a
/// deleted one, and removes it when it is empty.
/// </summary>
internal sealed class NamespaceController(ClusterState state, ResourceCatalog catalog, ObjectWriter writer, Hold termination, string authorityPem)
{
    private const int Batch = 1000;

    private readonly HashSet<string> _terminating = [];
    private readonly HashSet<string> _queued = [];

    public void Observe(ResourceType type, Change change)
    {
        if (type is { Group: "", Plural: "namespaces" })
        {
            ObserveNamespace(change);
        }
        else if (change.Deleted && change.Before!.Namespace is { } ns && _terminating.Contains(ns))
        {
            // Perhaps it was the last one, whose finalizer somebody has just removed.
            Queue(ns);
        }
    }

    private void ObserveNamespace(Change change)
    {
        var ns = change.After!;
        if (change.Deleted)
        {
            _terminating.Remove(ns.Name);
        }
        else if (change.Before is null)
        {
            Furnish(ns.Name);
        }
        else if (ns.Deleting && _terminating.Add(ns.Name))
        {
            Queue(ns.Name);
        }
    }

    private void Queue(string ns)
    {
        if (_queued.Add(ns))
        {
            termination.Add(() =>
            {
                _queued.Remove(ns);
                Empty(ns);
            });
        }
    }

    private void Furnish(string ns)
    {
        writer.Create(catalog["serviceaccounts"], ns, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } }, new WriteOptions());
        writer.Create(catalog["configmaps"], ns, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "kube-root-ca.crt",
                ["annotations"] = new JsonObject { ["kubernetes.io/description"] = "The certificate authority of this cluster's API server." },
            },
            ["data"] = new JsonObject { ["ca.crt"] = authorityPem },
        }, new WriteOptions());
    }

    private void Empty(string name)
    {
        var namespaces = catalog["namespaces"];
        if (state.Find(namespaces, null, name) is not { Deleting: true } ns)
        {
            return;
        }

        var (left, deleted) = (0, 0);
        foreach (var type in catalog.Types.Where(t => t.Namespaced && t.Verbs.Contains("delete")).DistinctBy(t => t.Storage))
        {
            foreach (var item in state.In(type, name).ToList())
            {
                if (item.Deleting)
                {
                    left++;
                    continue;
                }

                if (deleted++ == Batch)
                {
                    // Others want the gate too.
                    Queue(name);
                    return;
                }

                if (!writer.Delete(type, name, item.Name, new DeleteOptions()).Gone)
                {
                    left++;
                }
            }
        }

        var node = ns.Read();
        if (left == 0)
        {
            var spec = node.Ensure("spec");
            spec["finalizers"] = JsonNavigation.ToArray(spec.Texts("finalizers").Where(f => f != NamespaceRules.Finalizer));
            writer.Store(namespaces, ns, node);
            return;
        }

        Report(node, left);
        if (!JsonNode.DeepEquals(node, ns.Read()))
        {
            writer.Store(namespaces, ns, node);
        }
    }

    private static void Report(JsonObject node, int left) => node.Ensure("status")["conditions"] = new JsonArray(
        new JsonObject
        {
            ["type"] = "NamespaceFinalizersRemaining",
            ["status"] = "True",
            ["reason"] = "SomeFinalizersRemain",
            ["message"] = $"Some content in the namespace has finalizers remaining: {left} objects",
        });
}
