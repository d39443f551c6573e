using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Service accounts, their tokens, and who is bound to roles (Velero 1.18, service_account_action.go, secret_action.go, rolebinding_action.go).</summary>
internal static class AccountRules
{
    private const string AccountUid = "kubernetes.io/service-account.uid";
    private const string AccountName = "kubernetes.io/service-account.name";
    private const string TokenType = "kubernetes.io/service-account-token";

    /// <summary>Tokens that the old cluster made belong to nobody in the new one.</summary>
    public static void ApplyToAccount(JsonObject account)
    {
        var prefix = $"{account.Child("metadata").Text("name")}-token-";
        (account["secrets"] as JsonArray)?.RemoveAll(secret => (secret as JsonObject).Text("name").StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Why a Secret is not restored; null when it is.</summary>
    public static string? SkipReason(JsonObject secret)
    {
        var account = secret.Child("metadata").Child("annotations").Text(AccountName);
        return secret.Text("type") == TokenType && account.Length > 0
            && secret.Child("metadata").Text("name").StartsWith($"{account}-token-", StringComparison.Ordinal)
            ? "the cluster makes such tokens itself" : null;
    }

    /// <summary>A token that somebody asked for is made anew by the cluster, under the same name.</summary>
    public static void ApplyToSecret(JsonObject secret)
    {
        if (secret.Text("type") == TokenType)
        {
            secret.Child("metadata").Child("annotations").Drop(AccountUid);
            secret.Child("data").Drop("token", "ca.crt");
        }
    }

    /// <summary>Subjects follow their namespaces.</summary>
    public static void ApplyToBinding(JsonObject binding, IReadOnlyDictionary<string, string> mappings)
    {
        foreach (var subject in binding.Children("subjects"))
        {
            if (mappings.TryGetValue(subject.Text("namespace"), out var mapped))
            {
                subject["namespace"] = mapped;
            }
        }
    }

    /// <summary>The account in the cluster, with what the backup's has besides; what both have stays the cluster's (merge_service_account.go).</summary>
    public static JsonObject Merge(JsonObject inCluster, JsonObject fromBackup)
    {
        var merged = (JsonObject)inCluster.DeepClone();
        AddNamed(merged, fromBackup, "secrets");
        AddNamed(merged, fromBackup, "imagePullSecrets");
        foreach (var map in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            foreach (var (name, value) in fromBackup.Child("metadata").Child(map) ?? new JsonObject())
            {
                var target = merged.Ensure("metadata").Ensure(map);
                if (!target.ContainsKey(name))
                {
                    target[name] = value?.DeepClone();
                }
            }
        }

        return merged;
    }

    private static void AddNamed(JsonObject merged, JsonObject fromBackup, string list)
    {
        foreach (var item in fromBackup.Children(list).Where(item => merged.Children(list).All(there => there.Text("name") != item.Text("name"))).ToList())
        {
            if (merged[list] is not JsonArray array)
            {
                merged[list] = array = [];
            }

            array.Add(item.DeepClone());
        }
    }
}
