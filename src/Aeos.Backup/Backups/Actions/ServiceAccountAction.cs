using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>
/// A service account takes along the cluster role bindings that name it, and the cluster roles that they bind (Velero 1.18,
/// pkg/util/actionhelpers/service_account_helper.go). The bindings are listed once, when the first account comes; their names are held.
/// </summary>
internal sealed class ServiceAccountAction(KubernetesClient cluster, ApiCatalog catalog) : IItemAction
{
    private Dictionary<(string Namespace, string Name), List<ItemKey>>? _bindings;

    public string GroupResource => TypeNames.ServiceAccounts;

    public async ValueTask<ActionResult> RunAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        _bindings ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ActionResult(item, _bindings.TryGetValue((item.Namespace, item.Name), out var companions) ? companions : []);
    }

    private async Task<Dictionary<(string, string), List<ItemKey>>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = new Dictionary<(string, string), List<ItemKey>>();
        if (catalog.FindExact("rbac.authorization.k8s.io", "clusterrolebindings") is not { } type)
        {
            return read;
        }

        await foreach (var binding in cluster.List(type).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var tree = binding.ToTree();
            var role = tree.Child("roleRef").Text("name");
            foreach (var subject in tree.Children("subjects").Where(static subject => subject.Text("kind") == "ServiceAccount"))
            {
                var account = (subject.Text("namespace"), subject.Text("name"));
                if (!read.TryGetValue(account, out var companions))
                {
                    read.Add(account, companions = []);
                }

                companions.Add(new ItemKey(TypeNames.ClusterRoleBindings, "", binding.Name));
                companions.Add(new ItemKey(TypeNames.ClusterRoles, "", role));
            }
        }

        return read;
    }
}
