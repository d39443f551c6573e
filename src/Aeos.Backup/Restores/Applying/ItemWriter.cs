using System.Collections.Concurrent;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Restores.Applying;

/// <summary>
/// Brings a prepared object into the cluster: one request when it is new; a look at what is there when it cannot be created. Where the last one of a type was
/// there, the next one is looked at first: it costs the server less than a creation that it refuses.
/// </summary>
internal sealed class ItemWriter(RestoreContext context)
{
    private const int Attempts = 3;

    private readonly CreatedItem _created = new(context);
    private readonly ExistingItem _existing = new(context);
    private readonly ConcurrentDictionary<string, bool> _wasThere = new(StringComparer.Ordinal);

    /// <summary>Writes it.</summary>
    /// <returns>What became of it; pending: something is missing that may come.</returns>
    public async Task<ItemAction> WriteAsync(PreparedItem item, Attempt attempt, ItemReport report, CancellationToken cancellationToken)
    {
        if (_wasThere.GetValueOrDefault(item.Key.GroupResource)
            && await LookAsync(item, null, mayBeOurs: false, report, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var mayBeOurs = false;
        for (var round = 1; ; round++)
        {
            if (await TryCreateAsync(item, report, cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                return ItemAction.Created;
            }

            // A request whose answer was lost, or that a server gave up on, may have been carried out.
            mayBeOurs |= failure is not KubernetesApiException { Code: < 500 };
            if (failure is not KubernetesApiException)
            {
                await context.Reach.AwaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (await LookAsync(item, failure, mayBeOurs, report, cancellationToken).ConfigureAwait(false) is { } action)
            {
                return action;
            }

            // It went away in between, or the request never arrived.
            if (failure is KubernetesApiException { IsAlreadyExists: true } or not (KubernetesApiException or KubernetesTimeoutException) && round < Attempts)
            {
                continue;
            }

            if (attempt != Attempt.Last && MayPass(failure))
            {
                await context.Log.InfoAsync($"{item} has to wait: {failure.Cause}", cancellationToken).ConfigureAwait(false);
                return ItemAction.Pending;
            }

            await report.FailAsync($"error restoring {item}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            return ItemAction.Failed;
        }
    }

    // Null: it is made.
    private async Task<KubernetesException?> TryCreateAsync(PreparedItem item, ItemReport report, CancellationToken cancellationToken)
    {
        KubernetesObject made;
        try
        {
            made = await context.Cluster.CreateAsync(
                item.Type, item.Namespace, KubernetesObject.FromTree(item.Tree), item.Owners.CreationIn(item.Type.ApiVersion), cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            return failure;
        }

        await FinishAsync(item, made, report, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // Null: it is not there. Some answers hide that an object exists: of ports that are taken, of quotas, of validation, none at all.
    private async Task<ItemAction?> LookAsync(
        PreparedItem item, KubernetesException? failure, bool mayBeOurs, ItemReport report, CancellationToken cancellationToken)
    {
        KubernetesObject? there;
        try
        {
            there = await context.Cluster.TryGetAsync(item.Type, item.Namespace, item.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException unseen)
        {
            if (failure is not KubernetesApiException { IsAlreadyExists: true })
            {
                return null;
            }

            await report.WarnAsync($"{item} exists and could not be read: {unseen.Cause}", cancellationToken).ConfigureAwait(false);
            return ItemAction.Failed;
        }

        _wasThere[item.Key.GroupResource] = there is not null;
        return there is null ? null
            : mayBeOurs && IsOurs(item, there) ? await FinishAsync(item, there, report, cancellationToken).ConfigureAwait(false)
            : await _existing.MeetAsync(item, there, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ItemAction> FinishAsync(PreparedItem item, KubernetesObject made, ItemReport report, CancellationToken cancellationToken)
    {
        await context.Log.InfoAsync($"created {item}", cancellationToken).ConfigureAwait(false);
        await _created.FinishAsync(item, made, report, cancellationToken).ConfigureAwait(false);
        return ItemAction.Created;
    }

    private static bool IsOurs(PreparedItem item, KubernetesObject there) =>
        there.Metadata.Labels.GetValueOrDefault(MetadataRules.RestoreLabel) == item.Tree.Child("metadata").Child("labels").Text(MetadataRules.RestoreLabel);

    // A service account, a priority class, a type that is not served yet, a webhook whose pods do not run yet, a server under load.
    private static bool MayPass(KubernetesException failure) => failure is KubernetesApiException refusal
        && (refusal.IsNotFound || refusal.IsTooManyRequests || refusal.Code >= 500
            || (refusal.IsForbidden && (refusal.Status.Message.Contains("not found", StringComparison.Ordinal)
                || refusal.Status.Message.Contains("no PriorityClass", StringComparison.Ordinal))));
}
