using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Tokens of service accounts: those that a cluster made by itself are left out, those that somebody asked for are filled anew (Velero 1.18,
/// secret_action.go). Which ones a cluster made is told by the names of the accounts that are there now, in the namespace as the backup has it.
/// </summary>
internal sealed class TokenSecretRule(ITargetCluster cluster) : IItemRule
{
    public async ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (!IsToken(item))
        {
            return null;
        }

        var metadata = item.Child("metadata");
        var accounts = await cluster.AccountNamesAsync(metadata.Text("namespace"), cancellationToken).ConfigureAwait(false);
        return accounts.Any(account => metadata.Text("name").StartsWith($"{account}-token-", StringComparison.Ordinal))
            ? new Omission("the cluster makes such tokens itself") : null;
    }

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (IsToken(item))
        {
            item.Child("metadata").Child("annotations").Drop("kubernetes.io/service-account.uid");
            item.Child("data").Drop("token", "ca.crt");
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsToken(JsonObject secret) => secret.Text("type") == "kubernetes.io/service-account-token";
}
