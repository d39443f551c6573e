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
        Drop(spec.Child("selector"), "matchLabels");
        Drop(spec.Child("template").Child("metadata"), "labels");
        return ValueTask.CompletedTask;

        static void Drop(JsonObject? of, string map)
        {
            var labels = of.Child(map);
            labels.Drop("controller-uid", "batch.kubernetes.io/controller-uid");
            if (labels is { Count: 0 })
            {
                of.Drop(map);
            }
        }
    }
}
