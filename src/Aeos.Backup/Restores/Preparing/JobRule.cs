using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Jobs: the server makes selector and labels out of the job's new uid (Velero 1.18, job_action.go).</summary>
internal sealed class JobRule : IItemRule
{
    public ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken) =>
        new(item.Child("status").Text("completionTime").Length > 0 ? new Omission("it is completed", IsListed: false) : null);

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var spec = item.Child("spec");
        Drop(spec.Child("selector").Child("matchLabels"));
        Drop(spec.Child("template").Child("metadata").Child("labels"));
        return ValueTask.CompletedTask;

        static void Drop(JsonObject? labels) => labels.Drop("controller-uid", "batch.kubernetes.io/controller-uid");
    }
}
