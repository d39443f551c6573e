using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>
/// Fills Secrets of type service-account-token, and deletes those whose account is not there or is another one of the same name. Where
/// the cluster was started so, each account gets such a Secret by itself, as before Kubernetes 1.24.
/// </summary>
internal sealed class TokenController(
    ClusterState state,
    ResourceCatalog catalog,
    ObjectWriter writer,
    WorkQueue queue,
    string authorityPem,
    bool tokenForEachAccount)
{
    public void Observe(ResourceType type, Change change)
    {
        if (type is { Group: "", Plural: "secrets" } && !change.Deleted)
        {
            if (IsToken(change.After!))
            {
                queue.Add(() => Fill(change.After!.Key));
            }
        }
        else if (type is { Group: "", Plural: "serviceaccounts" })
        {
            var account = change.After!;
            if (change.Deleted)
            {
                queue.Add(() => Check(account.Namespace!));
            }
            else if (change.Before is null && tokenForEachAccount)
            {
                queue.Add(() => AddToken(account));
            }
        }
    }

    private static bool IsToken(StoredObject secret) => secret.Body.AsSpan().IndexOf("\"kubernetes.io/service-account-token\""u8) >= 0;

    private void Check(string ns)
    {
        foreach (var secret in state.In(catalog["secrets"], ns).Where(IsToken).ToList())
        {
            Fill(secret.Key);
        }
    }

    private void Fill(string key)
    {
        var secrets = catalog["secrets"];
        if (state.Of(secrets).Find(key) is not { Deleting: false } secret)
        {
            return;
        }

        var node = secret.Read();
        if (node.Text("type") != SecretRules.TokenType)
        {
            return;
        }

        var annotations = node.Metadata().Ensure("annotations");
        var account = state.Find(catalog["serviceaccounts"], secret.Namespace, annotations.Text(SecretRules.AccountName)!);
        if (account is null || (annotations.Filled(SecretRules.AccountUid) is { } uid && uid != account.Uid.ToString()))
        {
            writer.Delete(secrets, secret.Namespace, secret.Name, new DeleteOptions());
            return;
        }

        annotations[SecretRules.AccountUid] = account.Uid.ToString();
        var data = node.Ensure("data");
        data.Default("token", Encode(RandomNumberGenerator.GetHexString(64)));
        data.Default("ca.crt", Encode(authorityPem));
        data.Default("namespace", Encode(secret.Namespace!));
        if (!JsonNode.DeepEquals(node, secret.Read()))
        {
            writer.Store(secrets, secret, node);
        }
    }

    private void AddToken(StoredObject created)
    {
        var accounts = catalog["serviceaccounts"];
        if (state.Of(accounts).Find(created.Key) is not { Deleting: false } account
            || state.Find(catalog["namespaces"], null, account.Namespace!) is not { Deleting: false })
        {
            return;
        }

        var name = GeneratedName.From(account.Name + "-token-");
        writer.Create(catalog["secrets"], account.Namespace, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = new JsonObject { [SecretRules.AccountName] = account.Name } },
            ["type"] = SecretRules.TokenType,
        }, new WriteOptions());
        var node = account.Read();
        node.EnsureArray("secrets").Add((JsonNode)new JsonObject { ["name"] = name });
        writer.Store(accounts, account, node);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
