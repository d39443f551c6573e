using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Service accounts: the token that the old cluster made belongs to nobody in the new one. As in Velero, one such entry goes, the last
/// (Velero 1.18, service_account_action.go); image pull secrets stay.
/// </summary>
internal sealed class ServiceAccountRule : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var prefix = $"{item.Child("metadata").Text("name")}-token-";
        if (item["secrets"] is JsonArray secrets)
        {
            for (var i = secrets.Count - 1; i >= 0; i--)
            {
                if ((secrets[i] as JsonObject).Text("name").StartsWith(prefix, StringComparison.Ordinal))
                {
                    secrets.RemoveAt(i);
                    break;
                }
            }

            if (secrets.Count == 0)
            {
                item.Remove("secrets");
            }
        }

        return ValueTask.CompletedTask;
    }
}
