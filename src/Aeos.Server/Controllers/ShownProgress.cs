using Aeos.Kubernetes.Errors;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Controllers;

/// <summary>Shows in a resource how far the work on it has come, each second in which it has come further.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="resources">The resources.</param>
/// <param name="server">The server.</param>
/// <param name="log">Takes what could not be shown.</param>
/// <param name="now">How far it has come, in whatever unit.</param>
/// <param name="show">The resource that says so.</param>
internal sealed partial class ShownProgress<T>(ResourceClient<T> resources, ServerContext server, ILogger log, Func<long> now, Func<T, long, T> show)
    where T : class, IResourceDocument
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;

    /// <summary>Shows it until it is cancelled, which is no error.</summary>
    /// <returns>The resource as it is by then.</returns>
    public async Task<T> RunAsync(T resource, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, server.Time);
        try
        {
            for (var shown = 0L; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);)
            {
                if (now() is var progress && progress != shown)
                {
                    shown = progress;
                    resource = await ShowAsync(resource, progress, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }

        return resource;
    }

    private async Task<T> ShowAsync(T resource, long progress, CancellationToken cancellationToken)
    {
        try
        {
            return await resources.PatchAsync(resource, show(resource, progress), cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            // The next time will do.
            NotShown(resource.Kind, resource.Metadata.Name, failure.Message);
            return resource;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The progress of the {Kind} {Name} could not be shown: {Reason}")]
    private partial void NotShown(string kind, string name, string reason);
}
