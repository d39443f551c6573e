using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Waits until the definitions that were restored are established, and until what they define is served.</summary>
internal sealed class DefinitionRestorer(RestoreContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // A definition is established a little before discovery shows its resource.
    private static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(30);

    public async Task AwaitAsync(CancellationToken cancellationToken)
    {
        if (context.Types.Definitions is not { Count: > 0 } names)
        {
            return;
        }

        var established = await Task.WhenAll(names.Select(name => IsEstablishedAsync(name, cancellationToken))).ConfigureAwait(false);
        var until = context.Time.GetUtcNow() + DiscoveryTimeout;
        for (var pause = new GrowingPause(FirstPause, LongestPause, context.Time); ; await pause.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (established.OfType<string>().All(IsServed) || context.Time.GetUtcNow() >= until)
            {
                return;
            }
        }
    }

    private bool IsServed(string name)
    {
        var (plural, group) = TypeNames.Split(name);
        return group.Length == 0 || context.Types.Catalog.FindExact(group, plural) is not null;
    }

    // The name of one that is to be served; null for one that is not.
    private async Task<string?> IsEstablishedAsync(string name, CancellationToken cancellationToken)
    {
        var isServed = false;
        try
        {
            if (await context.Wait.UntilAsync(
                WellKnownResources.CustomResourceDefinitions, name, IsReady, context.Options.ResourceTimeout, cancellationToken).ConfigureAwait(false))
            {
                return isServed ? name : null;
            }

            await context.FailAsync(
                "", $"the CRD {name} is not available to use for custom resources: it was not Established within {context.Options.ResourceTimeout}", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            await context.FailAsync("", $"error verifying the CRD {name} is ready to use: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }

        return null;

        bool IsReady(JsonObject? now)
        {
            isServed = now.Child("spec").Children("versions").Any(static version => version["served"] is JsonValue served && served.TryGetValue(out bool value) && value);
            var conditions = now.Child("status").Children("conditions").ToList();
            return Has("Established") && Has("NamesAccepted");

            bool Has(string type) => conditions.Exists(condition => condition.Text("type") == type && condition.Text("status") == "True");
        }
    }
}
