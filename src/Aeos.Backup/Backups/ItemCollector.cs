using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Filters;
using Aeos.Backup.Hooks;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>
/// Takes the items of a backup from the cluster to the writer: several lists are under way at once and written one after another, namespaces last, since
/// whether one is in the backup depends on its items. Holds names of namespaces, of types and of what others take along, and a few mebibytes of items.
/// </summary>
internal sealed class ItemCollector(KubernetesClient cluster, BackupPlan plan, ItemRecorder recorder, BackupPodHooks hooks)
{
    private readonly ItemWriter _writer = new(cluster, plan, recorder, hooks);
    private readonly NamespaceTracker _namespaces = new(plan);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var steps = new TypeSelection(plan).Steps;
        var namespaces = steps.FirstOrDefault(static step => step.GroupResource == TypeNames.Namespaces);
        await SayWhatToExpectAsync(steps, cancellationToken).ConfigureAwait(false);
        await WriteTypesAsync([.. steps.Where(step => step != namespaces)], cancellationToken).ConfigureAwait(false);
        await _writer.WriteCompanionsAsync(cancellationToken).ConfigureAwait(false);
        await WriteDefinitionsAlongAsync(cancellationToken).ConfigureAwait(false);
        if (namespaces is { IsListed: true })
        {
            await WriteNamespacesAsync(namespaces, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SayWhatToExpectAsync(IReadOnlyList<TypeStep> steps, CancellationToken cancellationToken)
    {
        foreach (var warning in plan.Catalog.Warnings)
        {
            await recorder.WarnAsync($"{warning.GroupVersion} could not be discovered and is left out: {warning.Message}", cancellationToken).ConfigureAwait(false);
        }

        if (plan.Existing.ManagedByArgo.Where(plan.Namespaces.Includes).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } managed)
        {
            await recorder.WarnAsync($"Argo CD manages {string.Join(", ", managed)}: what it has made may not be what it makes when it is restored", cancellationToken).ConfigureAwait(false);
        }

        if (plan.Policies is { VolumePolicies: > 0 })
        {
            await recorder.WarnAsync("the volume policies of resourcePolicy say how the data of volumes is backed up, which is not done here", cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in (plan.Spec.OrderedResources ?? new Dictionary<string, string>()).Keys.Where(name => !steps.Any(step => step.IsListed && step.Type.Name == name)))
        {
            await recorder.WarnAsync($"orderedResources names {Printable.Quote(name)}, which is no type in the backup: it is named by its plural", cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in NamedTypes().Where(name => plan.Catalog.Find(name) is null))
        {
            await recorder.WarnAsync($"the backup was asked to include {Printable.Quote(name)}, which is no type that the cluster serves", cancellationToken).ConfigureAwait(false);
        }

        foreach (var field in (string[])[.. NoEffect()])
        {
            await recorder.InfoAsync($"spec.{field} has no effect: nothing is snapshotted and no plugin works", cancellationToken).ConfigureAwait(false);
        }
    }

    // Patterns may match nothing.
    private IEnumerable<string> NamedTypes()
        => new[] { plan.Spec.IncludedResources, plan.Spec.IncludedClusterScopedResources, plan.Spec.IncludedNamespaceScopedResources }
            .SelectMany(static names => new GlobSet(names, null).Named);

    private IEnumerable<string> NoEffect()
    {
        if (SpecCompletion.Given(plan.Request.Spec.CsiSnapshotTimeout) is not null)
        {
            yield return "csiSnapshotTimeout";
        }

        if (SpecCompletion.Given(plan.Request.Spec.ItemOperationTimeout) is not null)
        {
            yield return "itemOperationTimeout";
        }

        if (plan.Spec.Datamover is { Length: > 0 })
        {
            yield return "datamover";
        }
    }

    private async Task WriteTypesAsync(List<TypeStep> steps, CancellationToken cancellationToken)
    {
        var lists = new ListsAhead(cluster, plan, steps);
        await using (lists.ConfigureAwait(false))
        {
            foreach (var step in steps)
            {
                if (step.IsListed)
                {
                    await WriteOrderedAsync(step, cancellationToken).ConfigureAwait(false);
                    await WriteTypeAsync(step, lists, cancellationToken).ConfigureAwait(false);
                }

                if (step.IsPreferred)
                {
                    await _writer.WriteCompanionsAsync(step.GroupResource, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task WriteTypeAsync(TypeStep step, ListsAhead lists, CancellationToken cancellationToken)
    {
        var before = recorder.Items;
        await foreach (var list in lists.OfAsync(step, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var item in list.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // One list has what is excluded as well.
                if (item.Namespace.Length > 0 && plan.Namespaces.Includes(item.Namespace))
                {
                    _namespaces.Note(item.Namespace);
                }

                await _writer.WriteListedAsync(step, item, cancellationToken).ConfigureAwait(false);
            }

            if (list.Failure is { } failure)
            {
                await RequireServerAsync(failure, cancellationToken).ConfigureAwait(false);
                var where = list.Namespace.Length == 0 ? "" : $" in {list.Namespace}";
                await recorder.FailAsync($"{step.GroupResource}{where} could not be listed to the end: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            }
        }

        await recorder.InfoAsync($"Backed up {recorder.Items - before} items of {step.GroupResource}", cancellationToken).ConfigureAwait(false);
    }

    // A list that fails is one thing; a cluster that is gone would leave most of the backup out.
    private async Task RequireServerAsync(KubernetesException failure, CancellationToken cancellationToken)
    {
        if (failure is not KubernetesApiException)
        {
            await cluster.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // What is named comes first; its list brings it again, and it is not taken twice.
    private async Task WriteOrderedAsync(TypeStep step, CancellationToken cancellationToken)
    {
        if (plan.Spec.OrderedResources?.GetValueOrDefault(step.Type.Name) is not { Length: > 0 } order)
        {
            return;
        }

        var first = new List<KubernetesObject>();
        foreach (var full in order.Split(',').Distinct(StringComparer.Ordinal))
        {
            var parts = full.Split('/');
            var (@namespace, name) = step.Type.Namespaced && parts.Length == 2 ? (parts[0], parts[1]) : ("", full);
            var isPossible = name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && (!step.Type.Namespaced || (@namespace.Length > 0 && plan.Namespaces.Includes(@namespace)));
            var item = isPossible ? await TryGetAsync(step, @namespace, name, cancellationToken).ConfigureAwait(false) : null;
            if (item is null || (plan.Selectors.Count > 0 && !plan.Selectors.Any(selector => selector.Matches(item.Metadata.Labels))))
            {
                await recorder.WarnAsync($"orderedResources names {Printable.Quote(full)} of {step.Type.Name}, which is not in the backup", cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (item.Namespace.Length > 0)
            {
                _namespaces.Note(item.Namespace);
            }

            first.Add(item);
        }

        await _writer.WriteFirstAsync(step, first, cancellationToken).ConfigureAwait(false);
    }

    // What cannot be read here, its list may bring, or say why not.
    private async Task<KubernetesObject?> TryGetAsync(TypeStep step, string @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.TryGetAsync(step.Type, @namespace, name, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException)
        {
            return null;
        }
    }

    // The definition of each custom type that has items in the backup, where definitions are neither in it as such nor excluded; types that are built in have none.
    private async Task WriteDefinitionsAlongAsync(CancellationToken cancellationToken)
    {
        if (plan.Catalog.FindExact("apiextensions.k8s.io", "customresourcedefinitions") is not { } type || plan.Resources.Includes(type) || plan.Resources.Excludes(type))
        {
            return;
        }

        foreach (var name in _writer.Types.Where(static name => name.Contains('.', StringComparison.Ordinal)).ToList())
        {
            try
            {
                if (await cluster.TryGetAsync(type, null, name, cancellationToken).ConfigureAwait(false) is { } definition)
                {
                    await _writer.WriteListedAsync(new TypeStep(type, plan.Resources, isPreferred: true), definition, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (KubernetesApiException e)
            {
                await recorder.FailAsync($"the definition of {name} could not be read: {e.Cause}", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteNamespacesAsync(TypeStep step, CancellationToken cancellationToken)
    {
        foreach (var missing in plan.Namespaces.Included.Where(name => !plan.Existing.Has(name)))
        {
            await recorder.FailAsync($"there is no namespace {Printable.Quote(missing)}, which the backup was asked to include", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await foreach (var item in cluster.List(step.Type).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (_namespaces.Takes(item))
                {
                    await _writer.WriteListedAsync(step, item, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (KubernetesApiException e)
        {
            await recorder.FailAsync($"{step.GroupResource} could not be listed to the end: {e.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }
}
