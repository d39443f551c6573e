using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Hooks;

/// <summary>What a pod is doing, as far as those who wait for its containers have to know.</summary>
internal sealed class PodState
{
    private readonly HashSet<string> _running;
    private readonly HashSet<string> _ready;

    private PodState(string uid, string phase, HashSet<string> running, HashSet<string> ready)
    {
        (Uid, Phase) = (uid, phase);
        (_running, _ready) = (running, ready);
    }

    /// <summary>Which pod of this name it is.</summary>
    public string Uid { get; }

    /// <summary>The phase.</summary>
    public string Phase { get; }

    public static PodState Of(KubernetesObject pod)
    {
        var status = pod.ToTree().Child("status");
        var containers = status.Children("containerStatuses").ToList();
        return new PodState(
            pod.Metadata.Uid,
            status.Text("phase"),
            Names(containers, static container => container.Child("state").Child("running") is not null),
            Names(containers, static container => container["ready"] is JsonValue ready && ready.TryGetValue<bool>(out var isReady) && isReady));
    }

    /// <summary>Whether commands can be run in a container, or should be.</summary>
    public bool IsUp(string container, bool waitForReady) => (waitForReady ? _ready : _running).Contains(container);

    private static HashSet<string> Names(List<JsonObject> containers, Func<JsonObject, bool> condition)
        => [.. containers.Where(condition).Select(static container => container.Text("name"))];
}
