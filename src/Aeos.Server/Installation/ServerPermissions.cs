using System.Text.Json.Nodes;
using Aeos.Server.Downloads.Certificates;
using Aeos.Server.Downloads.Secrets;
using Aeos.Server.Leadership;
using Aeos.Server.Resources;

namespace Aeos.Server.Installation;

/// <summary>
/// What the server may do, in three roles: what a backup needs and what a restore needs, in the whole cluster, and what the server writes in its own namespace.
/// </summary>
internal static class ServerPermissions
{
    /// <summary>The service account, and the role in the server's namespace.</summary>
    public const string Account = "aeos";

    private const string Rbac = "rbac.authorization.k8s.io";

    public static IReadOnlyList<PermissionRule> Backup { get; } =
    [
        new(["*"], ["*"], ["get", "list", "watch"], "a backup holds every object of every type, custom ones too, which no list can name beforehand; the controllers watch their resources"),
        new([""], ["pods/exec"], ["create"], "hooks run commands in pods"),
    ];

    public static IReadOnlyList<PermissionRule> Restore { get; } =
    [
        new(["*"], ["*"], ["create", "patch", "update"], "a restore makes whatever the backup holds, changes what differs where it is told to, and restores status; it deletes nothing"),
        new([Rbac], ["clusterroles", "roles"], ["bind", "escalate"], "the API server lets nobody make a role, or a binding to one, that allows more than he may himself"),
    ];

    public static IReadOnlyList<PermissionRule> Own { get; } =
    [
        new(
            [VeleroTypes.Group],
            ["backups", "backupstoragelocations", "deletebackuprequests", "downloadrequests", "restores", "schedules", "serverstatusrequests"],
            ["create", "delete", "patch"],
            "the controllers' own resources: their status, the backups of schedules and of the bucket, what has expired and what is answered"),
        new([VeleroTypes.Group], ["schedules/finalizers"], ["update"], "useOwnerReferencesInBackup, where the API server guards owner references"),
        new(["coordination.k8s.io"], ["leases"], ["create"], "the Lease that lets one of several servers work"),
        new(["coordination.k8s.io"], ["leases"], ["update"], "renewing it and giving it up") { Names = [Lease.Name] },
        new([""], ["secrets"], ["create"], "the key that download addresses are signed with and the certificate of that endpoint, which the first server makes"),
        new([""], ["secrets"], ["update"], "renewing that certificate") { Names = [SigningKeySecret.Name, SecretCertificate.SecretName] },
        new([""], ["events"], ["create"], "saying why there are no backups"),
        new([""], ["pods/status"], ["patch"], "the condition of the server's own pod that says whether it has its key"),
    ];

    public static IEnumerable<JsonObject> Manifests(string @namespace, bool mayRestore)
    {
        yield return ClusterRole(BackupRole(@namespace), Backup);
        yield return ClusterRole(RestoreRole(@namespace), Restore);
        yield return Binding("ClusterRoleBinding", BackupRole(@namespace), null, "ClusterRole", @namespace);
        if (mayRestore)
        {
            yield return Binding("ClusterRoleBinding", RestoreRole(@namespace), null, "ClusterRole", @namespace);
        }

        var own = Manifest.Of($"{Rbac}/v1", "Role", Account, @namespace);
        own["rules"] = Rules(Own);
        yield return own;
        yield return Binding("RoleBinding", Account, @namespace, "Role", @namespace);
    }

    /// <summary>The name of what lets a server back up, and of its binding.</summary>
    public static string BackupRole(string @namespace) => $"aeos-{@namespace}-backup";

    /// <summary>The name of what lets a server restore, and of its binding.</summary>
    public static string RestoreRole(string @namespace) => $"aeos-{@namespace}-restore";

    private static JsonObject ClusterRole(string name, IEnumerable<PermissionRule> rules)
    {
        var role = Manifest.Of($"{Rbac}/v1", "ClusterRole", name, null);
        role["rules"] = Rules(rules);
        return role;
    }

    private static JsonArray Rules(IEnumerable<PermissionRule> rules) => new([.. rules.Select(rule => rule.ToJson())]);

    private static JsonObject Binding(string kind, string name, string? @namespace, string roleKind, string accountNamespace)
    {
        var binding = Manifest.Of($"{Rbac}/v1", kind, name, @namespace);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = Rbac, ["kind"] = roleKind, ["name"] = name };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = Account, ["namespace"] = accountNamespace });
        return binding;
    }
}
