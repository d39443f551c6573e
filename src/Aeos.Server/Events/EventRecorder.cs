using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Events;

/// <summary>Records Kubernetes Events about the server's resources. One that cannot be recorded is logged: nothing depends on it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The resources' namespace.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes what fails.</param>
internal sealed partial class EventRecorder(KubernetesClient cluster, string @namespace, TimeProvider time, ILogger log)
{
    private static readonly ApiResource Events = new()
    {
        Group = "",
        Version = "v1",
        Name = "events",
        Kind = "Event",
        Namespaced = true,
        Verbs = ["create"],
    };

    /// <summary>Records that something is not as it should be.</summary>
    /// <param name="about">The resource.</param>
    /// <param name="reason">A word in upper camel case.</param>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task WarningAsync(IResourceDocument about, string reason, string message, CancellationToken cancellationToken)
        => RecordAsync(BackupDocument.VeleroVersion, about.Kind, about.Metadata.Name, about.Metadata.Uid, "Warning", reason, message, cancellationToken);

    /// <summary>Records something about any object of the namespace.</summary>
    public async Task RecordAsync(
        string apiVersion, string kind, string name, string? uid, string type, string reason, string message, CancellationToken cancellationToken)
    {
        var now = TimestampText.Format(time.GetUtcNow());
        var item = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["generateName"] = $"{name[..Math.Min(name.Length, 200)]}.", ["namespace"] = @namespace },
            ["involvedObject"] = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["name"] = name, ["namespace"] = @namespace, ["uid"] = uid },
            ["type"] = type,
            ["reason"] = reason,
            ["message"] = message[..Math.Min(message.Length, 1024)],
            ["source"] = new JsonObject { ["component"] = "aeos-server" },
            ["reportingComponent"] = "aeos-server",
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
        };
        try
        {
            await cluster.CreateAsync(Events, @namespace, KubernetesObject.FromTree(item), null, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            NotRecorded(reason, kind, name, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {Reason} about the {Kind} {Name} could not be recorded: {Failure}")]
    private partial void NotRecorded(string reason, string kind, string name, string failure);
}
