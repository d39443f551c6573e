using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Encryption;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Waits for the end of what the server does, and shows how far it is. An API server that is away for a while is waited for, too.</summary>
/// <param name="progress">Where it is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class EndOfWork(OperationProgress progress, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until a backup or a restore has ended.</summary>
    /// <param name="client">Its resources.</param>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads off how far it is.</param>
    /// <param name="cancellationToken">Ends the waiting, and not the work.</param>
    /// <exception cref="AeosException">It was deleted meanwhile, or the waiting was cancelled.</exception>
    public async Task<T> AwaitAsync<T>(ResourceClient<T> client, string name, Func<T, WorkState> read, CancellationToken cancellationToken)
        where T : class, IResourceDocument
    {
        var what = ServerResources.Noun(client.Type.Api);
        try
        {
            for (; ; await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false))
            {
                if (await TryReadAsync(client, name, cancellationToken).ConfigureAwait(false) is not { } document)
                {
                    continue;
                }

                var state = read(document);
                if (state.HasEnded)
                {
                    return document;
                }

                progress.Show(state.Work, "", state.Done, state.Total);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new AeosException($"the {what} {name} is not waited for any more, and goes on", $"See how far it is with \"aeos {what} describe {name}\".");
        }
    }

    private static async Task<T?> TryReadAsync<T>(ResourceClient<T> client, string name, CancellationToken cancellationToken)
        where T : class, IResourceDocument
    {
        try
        {
            return await client.TryGetAsync(name, cancellationToken).ConfigureAwait(false) ?? throw new AeosException(
                $"the {ServerResources.Noun(client.Type.Api)} {Printable.Quote(name)} was deleted while it was waited for", "Ask who deleted it, and create it again.");
        }
        catch (KubernetesApiException refusal) when (refusal.Code is < 500 and not 429)
        {
            throw;
        }
        catch (KubernetesException failure)
        {
            Report.Warning($"{failure.Cause}. It is asked again");
            return null;
        }
    }
}
