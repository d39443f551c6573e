using System.Text.Json.Nodes;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>A small web shop as somebody would deploy it, with secrets of three kinds: in Secrets, in an annotation of kubectl's, in a custom resource.</summary>
internal sealed class SampleApplication
{
    /// <summary>The namespace that all of it is in.</summary>
    public const string Namespace = "shop";

    /// <summary>The custom resource's definition.</summary>
    public const string Definition = "payments.demo.aeos.io";

    private readonly SampleSecret _password = new("the database's password in a Secret");
    private readonly SampleSecret _token = new("the mail service's token in a Secret and in kubectl's annotation");
    private readonly SampleSecret _account = new("the account number in a custom resource");

    /// <summary>What nobody may find in the bucket.</summary>
    public IReadOnlyList<SampleSecret> Secrets => [_password, _token, _account];

    /// <summary>Deploys it as a client does: over HTTP, one object after the other.</summary>
    public async Task DeployAsync(EmbeddedCluster cluster, KubernetesClient client, CancellationToken cancellationToken)
    {
        foreach (var manifest in Manifests().Select(static text => JsonNode.Parse(text)!.AsObject()))
        {
            var item = KubernetesObject.FromTree(manifest);
            var catalog = await client.DiscoverAsync(cancellationToken).ConfigureAwait(false);
            var type = catalog.FindKind(item.ApiVersion, item.Kind) ?? throw new DemoFailedException($"the cluster does not serve {item.ApiVersion} {item.Kind}");
            await client.CreateAsync(type, item.Namespace, item, null, cancellationToken).ConfigureAwait(false);
            await cluster.SettleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the namespace and the definition, and with them all that is in them.</summary>
    public static async Task DeleteAsync(EmbeddedCluster cluster, KubernetesClient client, CancellationToken cancellationToken)
    {
        var catalog = await client.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        await client.DeleteAsync(Find(catalog, "namespaces"), null, Namespace, null, cancellationToken).ConfigureAwait(false);
        await client.DeleteAsync(Find(catalog, "customresourcedefinitions"), null, Definition, null, cancellationToken).ConfigureAwait(false);
        await cluster.SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ApiResource Find(ApiCatalog catalog, string name) =>
        catalog.Find(name) ?? throw new DemoFailedException($"the cluster does not serve {name}");

    private string[] Manifests() =>
    [
        $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}","labels":{"team":"web"} } }""",
        $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{Definition}}}"},"spec":{"group":"demo.aeos.io","scope":"Namespaced",
        "names":{"plural":"payments","singular":"payment","kind":"Payment","listKind":"PaymentList"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }] } }
        """,
        $$$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"web","namespace":"{{{Namespace}}}"}}""",
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{Namespace}}}"},"data":{"currency":"NOK","greeting":"Velkommen"}}""",
        $$$"""{"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"database","namespace":"{{{Namespace}}}"},"data":{"password":"{{{_password.Base64}}}"} }""",
        $$$"""
        {"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"mail","namespace":"{{{Namespace}}}","annotations":
        {"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"mail\"},\"stringData\":{\"token\":\"{{{_token.Value}}}\"}}"} },
        "data":{"token":"{{{_token.Base64}}}"}}
        """,
        $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"{{{Namespace}}}","labels":{"app":"web"}},"spec":{"replicas":2,
        "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"serviceAccountName":"web","containers":[{"name":"web","image":"example.com/shop:1",
        "envFrom":[{"configMapRef":{"name":"settings"}},{"secretRef":{"name":"database"} }] }] } } } }
        """,
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"{{{Namespace}}}"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":8080}]}}""",
        $$$"""{"apiVersion":"demo.aeos.io/v1","kind":"Payment","metadata":{"name":"subscription","namespace":"{{{Namespace}}}"},"spec":{"account":"{{{_account.Value}}}","every":"month"}}""",
    ];
}
