using Aeos.Velero.Archive;

namespace Aeos.Backup.Tests;

public class ArchivePathTests
{
    [Theory]
    [InlineData("resources/pods/namespaces/shop/a.json", "pods", "", false, "shop", "a")]
    [InlineData("resources/pods/v1-preferredversion/namespaces/shop/a.json", "pods", "v1", true, "shop", "a")]
    [InlineData("resources/deployments.apps/v1beta1/namespaces/shop/a.json", "deployments.apps", "v1beta1", false, "shop", "a")]
    [InlineData("resources/clusterroles.rbac.authorization.k8s.io/cluster/system:node.json", "clusterroles.rbac.authorization.k8s.io", "", false, "", "system:node")]
    [InlineData("resources/nodes/v1-preferredversion/cluster/n.json", "nodes", "v1", true, "", "n")]
    [InlineData("resources/namespaces/cluster/shop.json", "namespaces", "", false, "", "shop")]
    [InlineData("resources/namespaces/v1-preferredversion/cluster/shop.json", "namespaces", "v1", true, "", "shop")]
    [InlineData("resources/pods/namespaces/cluster/a.json", "pods", "", false, "cluster", "a")]
    public void An_entry_is_read_and_written_alike(string path, string type, string version, bool isPreferred, string ns, string name)
    {
        ArchivePath.TryParse(path, out var result).ShouldBeTrue();
        result.ShouldBe(new ArchivePath(type, version, isPreferred, ns, name));
        result.ToString().ShouldBe(path);
    }

    [Theory]
    [InlineData("metadata/version")]
    [InlineData("/resources/pods/cluster/a.json")]
    [InlineData("resources/pods/cluster/../a.json")]
    [InlineData("resources/../cluster/a.json")]
    [InlineData("resources/pods/namespaces/../a.json")]
    [InlineData("resources/pods/namespaces/a.json")]
    [InlineData("resources/pods/cluster/a")]
    [InlineData("resources/pods/cluster/.json")]
    [InlineData("resources/pods/cluster/...json")]
    [InlineData("resources/pods/a/b/cluster/a.json")]
    [InlineData("resources/pods/-preferredversion/cluster/a.json")]
    [InlineData("resources//cluster/a.json")]
    [InlineData("resources/pods/cluster/a\\b.json")]
    public void Whatever_is_not_of_the_layout_is_refused(string path) => ArchivePath.TryParse(path, out _).ShouldBeFalse();
}
