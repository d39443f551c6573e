using Aeos.ObjectStore.Locations;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Status;

/// <summary>Answers ServerStatusRequests (Velero 1.18, pkg/controller/server_status_request_controller.go), and removes old ones that their client left.</summary>
internal sealed partial class StatusRequestController(ServerContext server) : IReconciler
{
    /// <summary>Velero's name for it.</summary>
    public const string Name = "server-status-request";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // What Velero loads as plugins and this server has: the stores.
    private static readonly IReadOnlyList<ServerPlugin> Plugins = [.. LocationOpener.Providers.Select(static name => new ServerPlugin { Name = name, Kind = "ObjectStore" })];

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var request = await server.ServerStatusRequests.TryGetAsync(name, cancellationToken).ConfigureAwait(false);
        switch (request?.Status.Phase)
        {
            case null when request is null:
                return null;
            case null or "" or ServerStatusRequestPhase.New:
                await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
                return Lifetime;
            case ServerStatusRequestPhase.Processed:
                return await ExpireAsync(request, cancellationToken).ConfigureAwait(false);
            default:
                Unexpected(name, request.Status.Phase);
                return null;
        }
    }

    private async Task AnswerAsync(ServerStatusRequestDocument request, CancellationToken cancellationToken)
    {
        var status = request.Status with
        {
            Phase = ServerStatusRequestPhase.Processed,
            ServerVersion = BuildVersion.ForVelero,
            ProcessedTimestamp = TimestampText.Format(server.Time.GetUtcNow()),
            Plugins = Plugins,
        };
        await server.ServerStatusRequests.PatchAsync(request, request with { Status = status }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> ExpireAsync(ServerStatusRequestDocument request, CancellationToken cancellationToken)
    {
        var end = TimestampText.TryParse(request.Status.ProcessedTimestamp, out var processed)
            ? processed + Lifetime
            : DateTimeOffset.MinValue;
        if (server.Time.GetUtcNow() is var now && now < end)
        {
            return end - now;
        }

        await server.ServerStatusRequests.DeleteAsync(request.Metadata.Name, cancellationToken).ConfigureAwait(false);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "ServerStatusRequest {Request} is in the phase {Phase}, which is not known, and is left as it is")]
    private partial void Unexpected(string request, string phase);
}
