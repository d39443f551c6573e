using System.Text.Json.Nodes;
using Aeos.Server.Installation;

namespace Aeos.Server.Tests.Installation;

public sealed class ManifestTests
{
    [Fact]
    public void Without_a_location_and_credentials_there_is_neither_a_location_nor_a_Secret()
    {
        var kinds = InstallationManifests.Of(new InstallationOptions()).Select(manifest => manifest.Kind).Distinct();

        kinds.ShouldBe(["CustomResourceDefinition", "Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Service", "Deployment"]);
    }

    [Fact]
    public void The_pod_satisfies_the_restricted_standard_that_its_namespace_enforces()
    {
        var pod = Pod(new InstallationOptions());
        var container = pod["containers"]!.AsArray().ShouldHaveSingleItem()!;

        Text(Find(new InstallationOptions(), "Namespace")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]).ShouldBe("restricted");
        ((bool)pod["securityContext"]!["runAsNonRoot"]!).ShouldBeTrue();
        ((int)pod["securityContext"]!["runAsUser"]!).ShouldBeGreaterThan(0);
        Text(pod["securityContext"]!["seccompProfile"]!["type"]).ShouldBe("RuntimeDefault");
        ((bool)container["securityContext"]!["allowPrivilegeEscalation"]!).ShouldBeFalse();
        ((bool)container["securityContext"]!["readOnlyRootFilesystem"]!).ShouldBeTrue();
        Text(container["securityContext"]!["capabilities"]!["drop"]!.AsArray().ShouldHaveSingleItem()).ShouldBe("ALL");
        pod.ContainsKey("hostNetwork").ShouldBeFalse();
    }

    [Fact]
    public void The_temporary_folder_is_the_only_one_that_can_be_written_to()
    {
        var pod = Pod(new InstallationOptions { Credentials = "NAME=value"u8.ToArray() });
        var container = pod["containers"]![0]!;

        var writable = container["volumeMounts"]!.AsArray().Where(mount => mount!["readOnly"] is null).ShouldHaveSingleItem()!;
        Text(writable["mountPath"]).ShouldBe("/tmp");
        Variable(container, "TMPDIR").ShouldBe("/tmp");
        Variable(container, "AZURE_CREDENTIALS_FILE").ShouldBe("/credentials/cloud");
    }

    [Theory]
    [InlineData(null, "--require-encryption=true")]
    [InlineData(false, "--require-encryption=false")]
    public void A_server_with_a_key_encrypts_and_refuses_plaintext_unless_told_otherwise(bool? require, string expected)
    {
        var options = new InstallationOptions { Encryption = new InstalledEncryption("backup-key", Scope: "all"), Features = ["EnableAPIGroupVersions"], RequireEncryption = require };

        Arguments(options).ShouldBe(
            ["server", "--namespace=velero", "--features=EnableEncryption,EnableAPIGroupVersions", "--encryption-secret=backup-key", "--encryption-scope=all", expected]);
    }

    [Fact]
    public void A_location_is_the_default_one_and_has_what_was_given()
    {
        var location = new InstalledLocation("aeos.io/azure", "backups", "east", new Dictionary<string, string> { ["storageAccount"] = "acc" }, "PEM"u8.ToArray());

        Find(new InstallationOptions { Location = location }, "BackupStorageLocation")["spec"]!.ToJsonString().ShouldBe(
            """{"default":true,"objectStorage":{"bucket":"backups","prefix":"east","caCert":"UEVN"},"provider":"aeos.io/azure","config":{"storageAccount":"acc"}}""");
    }

    [Fact]
    public void Labels_of_the_user_do_not_replace_those_that_select_the_pod()
    {
        var options = new InstallationOptions { PodLabels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "mine", ["team"] = "ops" } };

        var spec = Find(options, "Deployment")["spec"]!;
        var labels = spec["template"]!["metadata"]!["labels"]!;
        Text(labels["team"]).ShouldBe("ops");
        foreach (var (key, value) in spec["selector"]!["matchLabels"]!.AsObject())
        {
            Text(labels[key]).ShouldBe(Text(value));
        }
    }

    [Fact]
    public void A_server_that_may_not_restore_has_no_binding_to_that_role()
    {
        var bindings = InstallationManifests.Of(new InstallationOptions { MayRestore = false }).Where(manifest => manifest.Kind == "ClusterRoleBinding").Select(manifest => manifest.Name);

        bindings.ShouldBe(["aeos-velero-backup"]);
    }

    [Fact]
    public void With_an_account_that_is_there_no_account_and_no_roles_are_made()
    {
        var options = new InstallationOptions { ServiceAccount = "mine" };

        InstallationManifests.Of(options).ShouldNotContain(manifest => manifest.Kind.Contains("Role") || manifest.Kind == "ServiceAccount");
        Text(Pod(options)["serviceAccountName"]).ShouldBe("mine");
    }

    private static List<string> Arguments(InstallationOptions options) => [.. Pod(options)["containers"]![0]!["args"]!.AsArray().Select(Text)];

    private static string Variable(JsonNode container, string name) => Text(container["env"]!.AsArray().Single(variable => Text(variable!["name"]) == name)!["value"]);

    private static JsonObject Pod(InstallationOptions options) => Find(options, "Deployment")["spec"]!["template"]!["spec"]!.AsObject();

    private static JsonObject Find(InstallationOptions options, string kind) => InstallationManifests.Of(options).Single(manifest => manifest.Kind == kind).ToTree();

    private static string Text(JsonNode? node) => (string)node!;
}
