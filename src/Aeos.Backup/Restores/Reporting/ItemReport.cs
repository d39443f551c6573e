using Aeos.Backup.Restores.Applying;

namespace Aeos.Backup.Restores.Reporting;

/// <summary>What is said of one object, and of those that were restored for its sake: an object with neither error nor warning is skipped, not failed.</summary>
/// <param name="context">Keeps the messages.</param>
/// <param name="namespace">The heading that they go under: the namespace that is restored into; empty for the cluster.</param>
internal sealed class ItemReport(RestoreContext context, string @namespace)
{
    /// <summary>Whether there was an error or a warning.</summary>
    public bool HasMessages { get; private set; }

    public ValueTask WarnAsync(string message, CancellationToken cancellationToken)
    {
        HasMessages = true;
        return context.WarnAsync(@namespace, message, cancellationToken);
    }

    public ValueTask FailAsync(string message, CancellationToken cancellationToken)
    {
        HasMessages = true;
        return context.FailAsync(@namespace, message, cancellationToken);
    }

    /// <summary>Takes over what was said of an object that this one needs.</summary>
    public void Add(bool hasMessages) => HasMessages |= hasMessages;
}
