using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Jobs: the server makes selector and labels out of the job's new uid (Velero 1.18, job_action.go).</summary>
internal static class JobRules
{
    public static string? SkipReason(JsonObject job) => job.Child("status").Text("completionTime").Length > 0 ? "it is completed" : null;

    public static void Apply(JsonObject job)
    {
        var spec = job.Child("spec");
        spec.Child("selector").Child("matchLabels").Drop("controller-uid", "batch.kubernetes.io/controller-uid");
        spec.Child("template").Child("metadata").Child("labels").Drop("controller-uid", "batch.kubernetes.io/controller-uid");
    }
}
