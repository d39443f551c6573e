using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Hooks;

/// <summary>A pod, as far as commands in it are concerned.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Containers">Names of its containers.</param>
/// <param name="Sidecars">Names of the init containers that go on running.</param>
/// <param name="Phase">The phase that it is in.</param>
internal sealed record HookPod(string Namespace, string Name, IReadOnlyList<string> Containers, IReadOnlyList<string> Sidecars, string Phase)
{
    /// <summary>Whether nothing runs in it any more.</summary>
    public bool IsOver => Phase is "Succeeded" or "Failed";

    /// <summary>The container that a hook is for, whether or not the pod has it: the hook's, or else the first.</summary>
    public string ContainerOf(PodHook hook) => hook.Container.Length > 0 ? hook.Container : Containers is [var first, ..] ? first : "";

    public static HookPod Of(KubernetesObject pod)
    {
        var tree = pod.ToTree();
        var spec = tree.Child("spec");
        return new HookPod(
            pod.Namespace,
            pod.Name,
            [.. spec.Children("containers").Select(static container => container.Text("name"))],
            [.. spec.Children("initContainers").Where(static container => container.Text("restartPolicy") == "Always").Select(static container => container.Text("name"))],
            tree.Child("status").Text("phase"));
    }

    public override string ToString() => $"{Namespace}/{Name}";
}
