using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Rules;

/// <summary>
/// What admission does to pods: the service account must be there and its token is mounted; the priority class must be there and gives
/// the priority. No kubelet runs: a pod is Pending, or at once Running where the cluster was started so.
/// </summary>
internal sealed class PodRules(bool run) : TypeRules
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        var spec = node.Ensure("spec");
        if (!spec.Objects("containers").Any())
        {
            throw ApiError.Invalid(context.Type, node.Name(), FieldProblem.Required("spec.containers", ""));
        }

        if (node.Metadata().Child("annotations").Text(MirrorAnnotation) is null)
        {
            AddAccount(node, spec, context);
        }

        AddPriority(node, spec, context);
        PodDefaults.Set(spec);
        node.Default("status", new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" });
        if (run && node.Child("status").Text("phase") == "Pending")
        {
            Run(node, spec);
        }
    }

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context)
    {
        if (!JsonNode.DeepEquals(Fixed(node), Fixed(old)))
        {
            const string rule = "Forbidden: pod updates may not change fields other than images, deadline, grace period and tolerations";
            throw ApiError.Invalid(context.Type, node.Name(), new FieldProblem("FieldValueForbidden", "spec", rule));
        }
    }

    private static JsonObject Fixed(JsonObject node)
    {
        var spec = (JsonObject)node.Ensure("spec").DeepClone();
        foreach (var field in new[] { "activeDeadlineSeconds", "terminationGracePeriodSeconds", "tolerations" })
        {
            spec.Remove(field);
        }

        foreach (var container in Containers(spec))
        {
            container.Remove("image");
        }

        return spec;
    }

    private static void AddAccount(JsonObject node, JsonObject spec, RuleContext context)
    {
        var account = spec.Filled("serviceAccountName") ?? spec.Filled("serviceAccount") ?? "default";
        spec["serviceAccountName"] = account;
        spec["serviceAccount"] = account;
        var absent = $"error looking up service account {node.Namespace()}/{account}: serviceaccount \"{account}\" not found";
        var found = context.Find("serviceaccounts", node.Namespace(), account)?.Read() ?? throw ApiError.Forbidden(context.Type, node.Name(), absent);
        if (found["imagePullSecrets"] is JsonArray { Count: > 0 } secrets && !spec.Objects("imagePullSecrets").Any())
        {
            spec["imagePullSecrets"] = secrets.DeepClone();
        }

        if ((spec.Flag("automountServiceAccountToken") ?? found.Flag("automountServiceAccountToken") ?? true) && NeedsToken(spec))
        {
            MountToken(spec);
        }
    }

    private static bool NeedsToken(JsonObject spec) =>
        Containers(spec).Any(c => !c.Objects("volumeMounts").Any(m => m.Text("mountPath") == TokenPath));

    private static void MountToken(JsonObject spec)
    {
        var name = "kube-api-access-" + GeneratedName.Suffix();
        spec.EnsureArray("volumes").Add((JsonNode)new JsonObject
        {
            ["name"] = name,
            ["projected"] = new JsonObject
            {
                ["defaultMode"] = 420,
                ["sources"] = new JsonArray(
                    new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = 3607, ["path"] = "token" } },
                    new JsonObject
                    {
                        ["configMap"] = new JsonObject
                        {
                            ["name"] = "kube-root-ca.crt",
                            ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                        },
                    },
                    new JsonObject
                    {
                        ["downwardAPI"] = new JsonObject
                        {
                            ["items"] = new JsonArray(new JsonObject
                            {
                                ["path"] = "namespace",
                                ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                            }),
                        },
                    }),
            },
        });
        foreach (var container in Containers(spec).Where(c => !c.Objects("volumeMounts").Any(m => m.Text("mountPath") == TokenPath)))
        {
            container.EnsureArray("volumeMounts").Add((JsonNode)new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = TokenPath });
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject spec) => spec.Objects("initContainers").Concat(spec.Objects("containers"));

    private static void AddPriority(JsonObject node, JsonObject spec, RuleContext context)
    {
        long priority = 0;
        if (spec.Filled("priorityClassName") is { } name)
        {
            var found = context.Find("priorityclasses.scheduling.k8s.io", null, name)?.Read()
                ?? throw ApiError.Forbidden(context.Type, node.Name(), $"no PriorityClass with name {name} was found");
            priority = found.Number("value") ?? 0;
            spec["preemptionPolicy"] = found.Text("preemptionPolicy") ?? "PreemptLowerPriority";
        }

        if (spec.Number("priority") is { } asked && asked != priority)
        {
            var rule = $"the integer value of priority ({asked}) must not be provided in pod spec; the given PriorityClass name has {priority}";
            throw ApiError.Forbidden(context.Type, node.Name(), rule);
        }

        spec["priority"] = priority;
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
    }

    private static void Run(JsonObject node, JsonObject spec)
    {
        spec.Default("nodeName", BuiltInObjects.NodeName);
        var statuses = spec.Objects("containers").Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Text("name"),
            ["image"] = c.Text("image"),
            ["ready"] = true,
            ["started"] = true,
            ["restartCount"] = 0,
            ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = node.Metadata().Text("creationTimestamp") } },
        });
        node["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["qosClass"] = "BestEffort",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
            ["containerStatuses"] = new JsonArray([.. statuses]),
            ["startTime"] = node.Metadata().Text("creationTimestamp"),
        };
    }
}
