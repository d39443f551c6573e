using System.Runtime.CompilerServices;
using Aeos.Backup.Backups.Selecting;
using Aeos.Kubernetes;

namespace Aeos.Backup.Backups;

/// <summary>
/// The lists that a backup takes its items from, in its order, and some of them begun ahead, whether they are of another type or of another namespace of the same: a
/// server makes the pages of one list one after another.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="plan">What is in the backup.</param>
/// <param name="steps">The types.</param>
internal sealed class ListsAhead(KubernetesClient cluster, BackupPlan plan, IEnumerable<TypeStep> steps) : IAsyncDisposable
{
    private const int AtOnce = 4;

    private readonly IEnumerator<(TypeStep Step, string Namespace)> _rest
        = steps.Where(static step => step.IsListed).SelectMany(step => Namespaces(step, plan), static (step, @namespace) => (step, @namespace)).GetEnumerator();
    private readonly Queue<ItemListing> _begun = new();

    /// <summary>The lists of a type, one after another, each to be read before the next. Types have to be asked for in their order.</summary>
    public async IAsyncEnumerable<ItemListing> OfAsync(TypeStep step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_begun.Count < AtOnce && _rest.MoveNext())
            {
                _begun.Enqueue(ItemListing.Begin(cluster, _rest.Current.Step, _rest.Current.Namespace, plan, cancellationToken));
            }

            if (!_begun.TryPeek(out var next) || next.Step != step)
            {
                yield break;
            }

            yield return next;
            await _begun.Dequeue().DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        foreach (var listing in _begun)
        {
            await listing.DisposeAsync().ConfigureAwait(false);
        }
    }

    // In the order of the API's own keys; one list has all of them, where all are in.
    private static IEnumerable<string> Namespaces(TypeStep step, BackupPlan plan) => !step.Type.Namespaced || plan.Namespaces.IsEverywhere ? [""]
        : plan.Namespaces.Included.Where(plan.Namespaces.Includes).OrderBy(static name => $"{name}/", StringComparer.Ordinal);
}
