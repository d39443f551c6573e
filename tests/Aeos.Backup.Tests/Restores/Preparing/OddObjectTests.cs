using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

/// <summary>Archives are written by others: a rule meets objects that no API server would have taken.</summary>
public sealed class OddObjectTests
{
    private static readonly string[] OddValues = ["null", "7", "\"text\"", "true", "[]", "{}", "[7]", "[[]]", "[{\"name\":7}]", "{\"a\":7}"];

    public static TheoryData<string, string> Objects => new()
    {
        { "pods", """{"kind":"Pod","metadata":{"name":"p","namespace":"shop","labels":{"a":"b"},"annotations":{"a":"b"}},"spec":{"nodeName":"n","priorityClassName":"h","serviceAccountName":"web","volumes":[{"name":"web-token-1","persistentVolumeClaim":{"claimName":"c"}}],"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"web-token-1"}]}],"initContainers":[{"name":"restore-wait"}]},"status":{"phase":"Running"}}""" },
        { "jobs.batch", """{"kind":"Job","metadata":{"name":"j"},"spec":{"selector":{"matchLabels":{"controller-uid":"u"}},"template":{"metadata":{"labels":{"controller-uid":"u"}},"spec":{"containers":[{"image":"i"}]}}},"status":{"completionTime":""}}""" },
        { "cronjobs.batch", """{"kind":"CronJob","metadata":{"name":"j"},"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"image":"i"}]}}}}}}""" },
        { "services", """{"kind":"Service","metadata":{"name":"s","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"ports\":[{\"nodePort\":1}]}}"}},"spec":{"clusterIP":"1","type":"LoadBalancer","externalTrafficPolicy":"Local","healthCheckNodePort":3,"ports":[{"name":"a","port":80,"protocol":"TCP","nodePort":30080}]}}""" },
        { "services", """{"kind":"Service","metadata":{"name":"s","managedFields":[{"fieldsV1":{"f:spec":{"f:healthCheckNodePort":{},"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{"f:nodePort":{}}}}}}]},"spec":{"type":"NodePort","ports":[{"port":80,"protocol":"TCP","nodePort":30080}]}}""" },
        { "secrets", """{"kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"t","namespace":"shop","annotations":{"kubernetes.io/service-account.uid":"u"}},"data":{"token":"t"}}""" },
        { "serviceaccounts", """{"kind":"ServiceAccount","metadata":{"name":"web"},"secrets":[{"name":"web-token-1"}],"imagePullSecrets":[{"name":"r"}]}""" },
        { "rolebindings.rbac.authorization.k8s.io", """{"kind":"RoleBinding","metadata":{"name":"b"},"subjects":[{"namespace":"shop"}]}""" },
        { "persistentvolumes", """{"kind":"PersistentVolume","metadata":{"name":"v","annotations":{"pv.kubernetes.io/bind-completed":"y"}},"spec":{"persistentVolumeReclaimPolicy":"Retain","storageClassName":"slow","claimRef":{"namespace":"shop","name":"d","uid":"u"}}}""" },
        { "persistentvolumeclaims", """{"kind":"PersistentVolumeClaim","metadata":{"name":"d","namespace":"shop","annotations":{"a":"b"}},"spec":{"volumeName":"v","storageClassName":"slow"},"status":{"phase":"Bound"}}""" },
        { "statefulsets.apps", """{"kind":"StatefulSet","metadata":{"name":"s"},"spec":{"volumeClaimTemplates":[{"spec":{"storageClassName":"slow"}}],"template":{"spec":{"containers":[{"image":"i"}]}}}}""" },
        { "apiservices.apiregistration.k8s.io", """{"kind":"APIService","metadata":{"name":"a","labels":{"a":"b"}}}""" },
        { "validatingwebhookconfigurations.admissionregistration.k8s.io", """{"apiVersion":"admissionregistration.k8s.io/v1","kind":"V","metadata":{"name":"a"},"webhooks":[{"sideEffects":"Some"}]}""" },
        { "customresourcedefinitions.apiextensions.k8s.io", """{"apiVersion":"apiextensions.k8s.io/v1","kind":"C","metadata":{"name":"a"},"spec":{"preserveUnknownFields":true,"versions":[{"schema":{"openAPIV3Schema":{"type":"object"}}}]}}""" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task A_field_of_another_type_than_its_schema_says_never_stops_a_restore(string groupResource, string json)
    {
        var rules = new ItemRules(Preparation.Mapping("shop", "copy"), new RuleSources
        {
            Cluster = new NamedThings { Accounts = { ["shop"] = ["web"] }, StorageClasses = ["fast"] },
            StorageClasses = new PluginConfig(new Dictionary<string, string> { ["slow"] = "fast" }),
            Images = new PluginConfig(new Dictionary<string, string> { ["a"] = "i,j" }),
        });
        var variants = 0;
        foreach (var path in Paths(JsonNode.Parse(json)!, []))
        {
            foreach (var odd in OddValues)
            {
                var item = Preparation.Parse(json);
                Replace(item, path, JsonNode.Parse(odd));
                variants++;
                try
                {
                    await rules.OmissionAsync(groupResource, item, CancellationToken.None);
                    _ = rules.Companions(groupResource, item).ToList();
                    await rules.ApplyAsync(groupResource, item, "copy", CancellationToken.None);
                }
                catch (PreparationException failure)
                {
                    // An error of this object.
                    failure.Cause.ShouldNotBeEmpty();
                }
            }
        }

        variants.ShouldBeGreaterThan(20);
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path)
    {
        if (path.Length > 0)
        {
            yield return path;
        }

        var children = node switch
        {
            JsonObject map => map.Select(static pair => ((object)pair.Key, pair.Value)),
            JsonArray list => list.Select(static (entry, i) => ((object)i, entry)),
            _ => [],
        };
        foreach (var (key, child) in children.Where(static pair => pair.Item2 is not null))
        {
            foreach (var inner in Paths(child!, [.. path, key]))
            {
                yield return inner;
            }
        }
    }

    private static void Replace(JsonNode item, object[] path, JsonNode? value)
    {
        var holder = path[..^1].Aggregate(item, static (node, key) => key is int i ? node[i]! : node[(string)key]!);
        if (path[^1] is int index)
        {
            holder[index] = value;
        }
        else
        {
            holder[(string)path[^1]] = value;
        }
    }
}
