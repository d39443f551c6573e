using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Waits until the restored definitions are established and what they define is served.</summary>
internal sealed class DefinitionRestorer(RestoreContext context)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task AwaitAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await AwaitEstablishedAsync(name, cancellationToken).ConfigureAwait(false);
        }

        // A definition is established a little before discovery shows its resource.
        var until = context.Time.GetUtcNow() + context.Options.ResourceTimeout;
        await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
        while (names.Any(name => !IsServed(name)) && context.Time.GetUtcNow() < until && context.Outcome.Errors.Count == 0)
        {
            await Task.Delay(Pause, context.Time, cancellationToken).ConfigureAwait(false);
            await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsServed(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || context.Types.Catalog.FindExact(name[(dot + 1)..], name[..dot]) is not null;
    }

    private async Task AwaitEstablishedAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var established = await context.Wait.UntilAsync(
                WellKnownResources.CustomResourceDefinitions, name, static now => now is not null && IsReady(now), context.Options.ResourceTimeout, cancellationToken).ConfigureAwait(false);
            if (!established)
            {
                await context.FailAsync(
                    "", $"the definition {name} is not available to use for custom resources", cancellationToken).ConfigureAwait(false);
            }
        }
        catch (KubernetesException failure)
        {
            await context.FailAsync("", $"the definition {name} could not be looked at: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsReady(JsonObject definition)
    {
        var conditions = definition.Child("status").Children("conditions").ToList();
        return Has("Established") && Has("NamesAccepted");

        bool Has(string type) => conditions.Exists(condition => condition.Text("type") == type && condition.Text("status") == "True");
    }
}
