
namespace Aeos.Backup.Restores.Applying;

/// <summary>Applies a verified backup: definitions, which are awaited, then type by type, then what lacked something.</summary>
internal sealed class RestoreFlow
{
    private readonly RestoreContext _context;
    private readonly Action<RestoreProgress>? _onProgress;
    private readonly NamespaceRestorer _namespaces;
    private readonly ItemRestorer _items;
    private int _done;

    public RestoreFlow(RestoreContext context, Action<RestoreProgress>? onProgress)
    {
        _context = context;
        _onProgress = onProgress;
        _namespaces = new NamespaceRestorer(context);
        _items = new ItemRestorer(context, _namespaces);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _context.Outcome.HasBegun = true;
        _context.Outcome.Total = CountSelected();
        await RestoreAsync(Select(TypeNames.Definitions), Attempt.First, cancellationToken).ConfigureAwait(false);
        await new DefinitionRestorer(_context).AwaitAsync(cancellationToken).ConfigureAwait(false);
        _context.Filter.Resolve(_context.Types.Catalog);
        _context.Outcome.Total = CountSelected();
        foreach (var type in _context.Order().Where(static type => type != TypeNames.Definitions))
        {
            await RestoreAsync(Select(type), Attempt.First, cancellationToken).ConfigureAwait(false);
        }

        await _context.Waiting.DrainAsync((items, isLast) => RetryAsync(items, isLast, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task RetryAsync(IReadOnlyCollection<ItemKey> items, bool isLast, CancellationToken cancellationToken)
    {
        if (_context.Types.MayGrow)
        {
            await _context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        await RestoreAsync(items, isLast ? Attempt.Last : Attempt.Again, cancellationToken).ConfigureAwait(false);
    }

    private Task RestoreAsync(IEnumerable<ItemKey> keys, Attempt attempt, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        keys,
        new ParallelOptions { MaxDegreeOfParallelism = _context.Options.Workers, CancellationToken = cancellationToken },
        async (key, token) =>
        {
            if (key.GroupResource == TypeNames.Namespaces)
            {
                await _namespaces.EnsureSelectedAsync(key, token).ConfigureAwait(false);
            }
            else
            {
                await _items.RestoreAsync(key, attempt, token).ConfigureAwait(false);
            }

            if (attempt == Attempt.First)
            {
                _onProgress?.Invoke(new RestoreProgress(true, Interlocked.Increment(ref _done), _context.Outcome.Total));
            }
        });

    private int CountSelected() => _context.Backup.Types.Sum(type => Select(type).Count());

    private IEnumerable<ItemKey> Select(string type) => _context.Filter.IncludesType(type)
        ? _context.Backup.Of(type, scope => _context.Filter.IncludesScope(type, scope))
        : [];
}
