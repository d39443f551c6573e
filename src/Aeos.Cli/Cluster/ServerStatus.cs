using Aeos.Kubernetes.Errors;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Asks the server what it is, with a ServerStatusRequest, which the server deletes after a while.</summary>
/// <param name="resources">The resources.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerStatus(ServerResources resources, TimeProvider time)
{
    private const string Prefix = "aeos-cli";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks.</summary>
    /// <param name="patience">How long the answer is waited for.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">No server answers.</exception>
    public async Task<ServerStatusRequestStatus> AskAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var requests = resources.Of(VeleroTypes.ServerStatusRequests);
        var asked = await resources.CreateNamedAsync(
            VeleroTypes.ServerStatusRequests,
            Prefix,
            name => new ServerStatusRequestDocument { Metadata = new DocumentMetadata { Name = name, Namespace = resources.Namespace } },
            cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (true)
            {
                if (await requests.TryGetAsync(asked.Metadata.Name, both.Token).ConfigureAwait(false) is { Status.Phase: ServerStatusRequestPhase.Processed } answer)
                {
                    return answer.Status;
                }

                await Task.Delay(Pause, time, both.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await ForgetAsync(requests, asked.Metadata.Name, cancellationToken).ConfigureAwait(false);
            throw new AeosException(
                $"no server in the namespace {resources.Namespace} has answered within {DurationText.Format(patience)}",
                $"See that it runs: kubectl -n {resources.Namespace} get pods. Name its namespace with --namespace, or wait longer with --timeout.");
        }
    }

    // Where no server is, nobody else would delete it.
    private static async Task ForgetAsync(ResourceClient<ServerStatusRequestDocument> requests, string name, CancellationToken cancellationToken)
    {
        try
        {
            await requests.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException)
        {
            // That nobody answers is what there is to say.
        }
    }
}
