using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Webhooks: <c>v1</c> knows fewer side effects than the versions before it (Velero 1.18, admissionwebhook_config_action.go).</summary>
internal sealed class WebhookRule : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (item.Text("apiVersion") == "admissionregistration.k8s.io/v1")
        {
            foreach (var webhook in item.Children("webhooks"))
            {
                if (webhook.Text("sideEffects") is not ("None" or "NoneOnDryRun"))
                {
                    webhook["sideEffects"] = "None";
                }
            }
        }

        return ValueTask.CompletedTask;
    }
}
