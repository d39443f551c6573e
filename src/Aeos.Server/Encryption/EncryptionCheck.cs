using System.Text.Json.Nodes;
using Aeos.Encryption;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Encryption;

/// <summary>
/// Says once a minute whether the server can encrypt: as a metric, as a condition of its own pod, and, when that changes, as an event. Backups look at the key themselves.
/// </summary>
/// <param name="server">The server.</param>
internal sealed partial class EncryptionCheck(ServerContext server)
{
    /// <summary>The condition's type.</summary>
    public const string Condition = "aeos.io/EncryptionKeyUsable";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = server.Logs.CreateLogger("encryption");

    /// <summary>Looks, again and again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, server.Time);
        string? said = null;
        do
        {
            var problem = await LookAsync(cancellationToken).ConfigureAwait(false);
            server.Metrics.Encryption.SetState(server.Options.EnableEncryption, server.Options.EnableEncryption && problem is null);
            using (var own = await server.Encryption.TryFetchOwnKeyAsync(cancellationToken).ConfigureAwait(false))
            {
                server.Metrics.Encryption.SetKeys(server.Options.EnableEncryption && problem is null ? 1 : 0, own is null ? 0 : 1);
            }

            if (problem != said)
            {
                said = problem;
                await SayAsync(problem, cancellationToken).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    // Null: all is well, or nothing is to be encrypted.
    private async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var encryption = await server.Encryption.PrepareAsync(new BackupSpec(), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AeosException failure)
        {
            return $"{failure.Cause}. {failure.Remedy}";
        }
        catch (KubernetesException failure)
        {
            return $"{failure.Cause}. {failure.Remedy}";
        }
    }

    private async Task SayAsync(string? problem, CancellationToken cancellationToken)
    {
        if (problem is null)
        {
            Usable();
        }
        else
        {
            Unusable(problem);
        }

        if (server.Options.PodName is not { } pod)
        {
            return;
        }

        if (problem is not null)
        {
            await server.Events.RecordAsync("v1", "Pod", pod, null, "Warning", "EncryptionKeyUnusable", $"No backups are taken: {problem}", cancellationToken).ConfigureAwait(false);
        }

        var condition = new JsonObject
        {
            ["type"] = Condition,
            ["status"] = problem is null ? "True" : "False",
            ["reason"] = problem is null ? "KeyRead" : "EncryptionKeyUnusable",
            ["message"] = problem ?? "",
            ["lastTransitionTime"] = TimestampText.Format(server.Time.GetUtcNow()),
        };
        var patch = new JsonObject { ["status"] = new JsonObject { ["conditions"] = new JsonArray(condition) } };
        try
        {
            await server.Cluster.PatchAsync(
                WellKnownResources.Pods,
                server.Options.Namespace,
                pod,
                PatchType.Strategic,
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(patch, ResourceJson.Default.JsonObject),
                new WriteOptions { Subresource = "status" },
                cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            NoCondition(Printable.Escape(pod), failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The encryption is as the flags have it")]
    private partial void Usable();

    [LoggerMessage(Level = LogLevel.Error, Message = "No backups are taken: {Problem}")]
    private partial void Unusable(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The condition of the pod {Pod} could not be written: {Reason}")]
    private partial void NoCondition(string pod, string reason);
}
