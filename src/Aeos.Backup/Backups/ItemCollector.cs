using Aeos.Backup.Filters;
using Aeos.Backup.Hooks;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>
/// Takes the items of a backup from the cluster to the recorder: types are listed several at once and written one after another, namespaces
/// last, since whether one is in the backup depends on its items. Holds names of namespaces, types and volumes, and a few mebibytes of items.
/// </summary>
internal sealed class ItemCollector(KubernetesClient cluster, BackupRequest request, ApiCatalog catalog, ItemRecorder recorder, BackupPodHooks hooks)
{
    private const int ListedAtOnce = 4;
    private const string ExcludeLabel = "velero.io/exclude-from-backup";

    private readonly GlobSet _filter = new(request.Spec.IncludedNamespaces, request.Spec.ExcludedNamespaces);
    private readonly SortedSet<string> _volumes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _definitions = new(StringComparer.Ordinal);
    private NamespaceView? _namespaces;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in catalog.Warnings)
        {
            await recorder.WarnAsync("", $"{warning.GroupVersion} could not be discovered and is left out: {warning.Message}", cancellationToken).ConfigureAwait(false);
        }

        _namespaces = await NamespaceView.ReadAsync(cluster, _filter, request.Spec, cancellationToken).ConfigureAwait(false);
        foreach (var missing in _namespaces.Missing)
        {
            await recorder.FailAsync($"there is no namespace {Printable.Quote(missing)}, which the backup was asked to include", cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in _namespaces.LeftOut)
        {
            await recorder.WarnAsync("", $"namespace {name} is not Active: it is not in the backup", cancellationToken).ConfigureAwait(false);
        }

        var selection = new TypeSelection(request.Spec, catalog, _filter);
        var namespaces = selection.Types.FirstOrDefault(type => type.GroupResource == TypeSelection.Namespaces);
        await WriteTypesAsync([.. selection.Types.Where(type => type != namespaces)], cancellationToken).ConfigureAwait(false);
        await WriteVolumesAlongAsync(selection, cancellationToken).ConfigureAwait(false);
        await WriteDefinitionsAlongAsync(selection, cancellationToken).ConfigureAwait(false);
        if (namespaces is not null)
        {
            await WriteNamespacesAsync(namespaces, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteTypesAsync(List<ApiResource> types, CancellationToken cancellationToken)
    {
        var listed = _namespaces!.ToList();
        var ahead = new Queue<TypeListing>();
        try
        {
            for (var next = 0; next < types.Count || ahead.Count > 0;)
            {
                while (next < types.Count && ahead.Count < ListedAtOnce)
                {
                    ahead.Enqueue(TypeListing.Begin(cluster, types[next++], request.Spec, listed, cancellationToken));
                }

                await WriteTypeAsync(ahead.Peek(), cancellationToken).ConfigureAwait(false);
                await ahead.Dequeue().DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var listing in ahead)
            {
                await listing.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task WriteTypeAsync(TypeListing listing, CancellationToken cancellationToken)
    {
        var before = recorder.Items;
        try
        {
            await foreach (var item in listing.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (await IsTakenAsync(listing.Type, item, cancellationToken).ConfigureAwait(false))
                {
                    await WriteWithHooksAsync(listing.Type, item, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (KubernetesException e)
        {
            await recorder.FailAsync($"{listing.Type.GroupResource} could not be listed to the end: {e.Cause}", cancellationToken).ConfigureAwait(false);
        }

        await recorder.InfoAsync($"Backed up {recorder.Items - before} items of {listing.Type.GroupResource}", cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsTakenAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        var why = item switch
        {
            { Metadata.IsBeingDeleted: true } => "it is being deleted",
            _ when item.Metadata.Labels.GetValueOrDefault(ExcludeLabel) == "true" => $"it has the label {ExcludeLabel}=true",
            _ when type.GroupResource == "secrets" && HoldsKey(item) => "it holds an encryption key, which is never part of a backup",
            _ => null,
        };
        if (why is not null)
        {
            await recorder.InfoAsync($"Left out {type.GroupResource} {item.Namespace}/{item.Name}: {why}", cancellationToken).ConfigureAwait(false);
            return false;
        }

        return item.Namespace.Length == 0 || _namespaces!.HasItemsOf(item.Namespace);
    }

    // A key of another name, from before or for later, would open other backups: none in the server's namespace is taken, with or without encryption.
    private bool HoldsKey(KubernetesObject secret)
        => request.Encryption?.IsFrom(secret.Namespace, secret.Name) == true
            || (secret.Namespace == request.Namespace && secret.ToTree().Child("data")?.ContainsKey(Keys.SecretKeyRetriever.Field) == true);

    private async Task WriteWithHooksAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        var isPod = type.GroupResource == "pods";
        if (!isPod || await hooks.RunPreAsync(item, cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(type, item, cancellationToken).ConfigureAwait(false);
            if (isPod)
            {
                await hooks.RunPostAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        if (!await recorder.WriteAsync(type, item, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        _definitions.Add(type.GroupResource);
        if (item.Namespace.Length > 0)
        {
            _namespaces!.Note(item.Namespace);
        }

        if (type.GroupResource == "persistentvolumeclaims")
        {
            if (item.ToTree().Child("spec").Text("volumeName") is { Length: > 0 } volume)
            {
                _volumes.Add(volume);
            }

            await recorder.WarnAsync(
                item.Namespace, $"persistentvolumeclaims/{item.Name}: the claim is in the backup, the data of its volume is not", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteVolumesAlongAsync(TypeSelection selection, CancellationToken cancellationToken)
    {
        if (catalog.FindExact("", "persistentvolumes") is { } type && selection.TakesVolumesAlong(type))
        {
            await WriteNamedAsync(type, _volumes, cancellationToken).ConfigureAwait(false);
        }
    }

    // The definition of each custom type that has items in the backup; types that are built in have none.
    private async Task WriteDefinitionsAlongAsync(TypeSelection selection, CancellationToken cancellationToken)
    {
        if (catalog.FindExact("apiextensions.k8s.io", "customresourcedefinitions") is { } type && selection.TakesDefinitionsAlong(type))
        {
            await WriteNamedAsync(type, _definitions.Where(name => name.Contains('.', StringComparison.Ordinal)).ToList(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteNamedAsync(ApiResource type, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            try
            {
                if (await cluster.TryGetAsync(type, null, name, cancellationToken).ConfigureAwait(false) is { } item
                    && await IsTakenAsync(type, item, cancellationToken).ConfigureAwait(false))
                {
                    await recorder.WriteAsync(type, item, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (KubernetesException e)
            {
                await recorder.ErrorAsync("", $"{type.GroupResource} {name} could not be read: {e.Cause}", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteNamespacesAsync(ApiResource type, CancellationToken cancellationToken)
    {
        await foreach (var item in cluster.List(type).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (_namespaces!.Takes(item) && await IsTakenAsync(type, item, cancellationToken).ConfigureAwait(false))
            {
                await recorder.WriteAsync(type, item, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
