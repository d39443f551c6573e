using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Clients;

public class DiscoveryTests
{
    [Theory]
    [InlineData("deploy", "apps/v1/deployments", "Deployment", true)]
    [InlineData("cm", "v1/configmaps", "ConfigMap", true)]
    [InlineData("namespace", "v1/namespaces", "Namespace", false)]
    [InlineData("cronjobs.batch", "batch/v1/cronjobs", "CronJob", true)]
    [InlineData("ClusterRole", "rbac.authorization.k8s.io/v1/clusterroles", "ClusterRole", false)]
    [InlineData("crd", "apiextensions.k8s.io/v1/customresourcedefinitions", "CustomResourceDefinition", false)]
    [InlineData("sc", "storage.k8s.io/v1/storageclasses", "StorageClass", false)]
    public async Task Types_are_found_by_every_name_that_they_have(string name, string type, string kind, bool namespaced)
    {
        await using var room = await ClusterRoom.OpenAsync();
        var catalog = await room.Client.DiscoverAsync();
        catalog.Warnings.ShouldBeEmpty();
        var found = catalog.Find(name).ShouldNotBeNull();
        (found.ToString(), found.Kind, found.Namespaced).ShouldBe((type, kind, namespaced));
        found.Supports("list", "get", "create", "delete", "watch").ShouldBeTrue();
    }

    [Fact]
    public async Task Each_type_is_there_once_and_some_cannot_be_listed()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var catalog = await room.Client.DiscoverAsync();
        catalog.PreferredResources.Select(static type => type.GroupResource).ShouldBeUnique();
        catalog.FindExact("authorization.k8s.io", "subjectaccessreviews").ShouldNotBeNull().Supports("list").ShouldBeFalse();
        catalog.FindExact("", "pods").ShouldNotBeNull().Has("status").ShouldBeTrue();
    }

    [Fact]
    public async Task A_definition_brings_its_type_and_takes_it_along()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await room.DefineAsync("widgets", "Widget");
        var type = (await room.Client.DiscoverAsync()).FindExact(room.Group, "widgets").ShouldNotBeNull();
        (type.Kind, type.Version, type.SingularName, type.Has("status")).ShouldBe(("Widget", "v1", "widget", true));

        await room.DeleteAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, $"widgets.{room.Group}");
        await room.UntilUnservedAsync(room.Group, "widgets");
    }
}
