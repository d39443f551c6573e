using Aeos.Kubernetes.Errors;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Controllers;

/// <summary>Saves what has been done, for as long as Velero tries: it must not be forgotten because the API server is away for a while.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="resources">The resources.</param>
/// <param name="informer">Learns of what was saved.</param>
/// <param name="server">The server.</param>
/// <param name="log">Takes what fails.</param>
internal sealed partial class ResourceSaver<T>(ResourceClient<T> resources, Informer<T> informer, ServerContext server, ILogger log)
    where T : class, IResourceDocument
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = log;

    /// <summary>Takes up the work on a resource, unless somebody has changed it since it was read.</summary>
    /// <param name="resource">It, as it was read.</param>
    /// <param name="isBegun">Whether it is what was saved here, and the answer was lost.</param>
    /// <param name="begin">What it shall be.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What was saved; null: it is another by now, or gone.</returns>
    /// <exception cref="KubernetesException">The API server was away for too long.</exception>
    public Task<T?> BeginAsync(T resource, Func<T, bool> isBegun, Func<T, T> begin, CancellationToken cancellationToken) => SaveAsync(
        resource,
        latest => isBegun(latest) ? latest : latest.Metadata.ResourceVersion == resource.Metadata.ResourceVersion ? begin(latest) : null,
        cancellationToken);

    /// <summary>Changes a resource from whatever it is by now. That it is gone is no error: there is nothing to be saved then.</summary>
    /// <param name="resource">It, as it was.</param>
    /// <param name="change">
    /// What it shall be; null: it stays as it is. Asked again after a failure, when the change may have been made although its answer was lost.
    /// </param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What was saved; null when nothing was.</returns>
    /// <exception cref="KubernetesException">The API server was away for too long.</exception>
    public async Task<T?> SaveAsync(T resource, Func<T, T?> change, CancellationToken cancellationToken)
    {
        var began = server.Time.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var latest = await resources.TryGetAsync(resource.Metadata.Name, cancellationToken).ConfigureAwait(false);
                if (latest is null || latest.Metadata.Uid != resource.Metadata.Uid || change(latest) is not { } changed)
                {
                    return null;
                }

                var saved = await resources.PatchUnchangedAsync(latest, changed, cancellationToken).ConfigureAwait(false);
                informer.Note(saved);
                return saved;
            }
            catch (KubernetesException failure) when (server.Time.GetElapsedTime(began) < server.Options.ResourceTimeout)
            {
                NotSaved(resource.Kind, resource.Metadata.Name, failure.Message);
                await Task.Delay(pause, server.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} {Name} could not be saved and is saved again: {Reason}")]
    private partial void NotSaved(string kind, string name, string reason);
}
