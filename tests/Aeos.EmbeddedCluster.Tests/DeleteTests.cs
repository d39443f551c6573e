using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class DeleteTests : ClusterTest
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_deleted_object_is_gone_and_the_answer_says_which_it_was()
    {
        var made = await MakeConfigMap("a");
        var deleted = (await Delete(Maps + "/a")).ShouldBe(HttpStatusCode.OK);
        deleted.Text("status").ShouldBe("Success");
        deleted.Text("details/uid").ShouldBe(made.Text("metadata/uid"));
        (await Get(Maps + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound").Text("message").ShouldBe("configmaps \"a\" not found");
        (await Delete(Maps + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task Preconditions_keep_a_newer_object_from_being_deleted()
    {
        var made = await MakeConfigMap("a");
        (await Delete(Maps + "/a", """{"preconditions":{"uid":"another"}}""")).ShouldFail(HttpStatusCode.Conflict, "Conflict");
        (await Delete(Maps + "/a", """{"preconditions":{"resourceVersion":"1"}}""")).ShouldFail(HttpStatusCode.Conflict, "Conflict");
        (await Delete(Maps + "/a?dryRun=All")).ShouldBe(HttpStatusCode.OK);
        (await Delete(Maps + "/a", $$$"""{"preconditions":{"uid":"{{{made.Text("metadata/uid")}}}"}}""")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_object_with_a_finalizer_goes_when_the_finalizer_goes()
    {
        await Post(Maps, """{"metadata":{"name":"a","finalizers":["example.com/keep"]}}""");
        var marked = (await Delete(Maps + "/a")).ShouldBe(HttpStatusCode.OK);
        marked.Text("kind").ShouldBe("ConfigMap");
        marked.Text("metadata/deletionTimestamp").ShouldNotBeNull();
        (await Get(Maps + "/a")).Text("metadata/deletionTimestamp").ShouldBe(marked.Text("metadata/deletionTimestamp"));
        (await Patch(Maps + "/a", "merge-patch+json", """{"metadata":{"finalizers":["example.com/keep","example.com/more"]}}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
        (await Patch(Maps + "/a", "merge-patch+json", """{"metadata":{"finalizers":null}}""")).ShouldBe(HttpStatusCode.OK);
        (await Get(Maps + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task What_an_object_owns_goes_with_it()
    {
        var owner = await MakeConfigMap("owner");
        await Owned("child", owner);
        await Owned("grandchild", await Get(Maps + "/child"));
        await Delete(Maps + "/owner");
        await Cluster.SettleAsync(Patience);
        (await Get(Maps)).Names.ShouldBe(["kube-root-ca.crt"]);
    }

    [Fact]
    public async Task Orphans_stay_and_forget_their_owner()
    {
        await Owned("child", await MakeConfigMap("owner"));
        await Delete(Maps + "/owner", """{"propagationPolicy":"Orphan"}""");
        await Cluster.SettleAsync(Patience);
        (await Get(Maps + "/child")).ShouldBe(HttpStatusCode.OK)["metadata/ownerReferences"].ShouldBeNull();
    }

    [Fact]
    public async Task In_the_foreground_the_owner_goes_last()
    {
        await Owned("child", await MakeConfigMap("owner"), """["example.com/keep"]""");
        (await Delete(Maps + "/owner?propagationPolicy=Foreground")).Text("metadata/finalizers/0").ShouldBe("foregroundDeletion");
        await Cluster.SettleAsync(Patience);
        (await Get(Maps + "/owner")).ShouldBe(HttpStatusCode.OK);
        await Patch(Maps + "/child", "merge-patch+json", """{"metadata":{"finalizers":null}}""");
        await Cluster.SettleAsync(Patience);
        (await Get(Maps + "/owner")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task An_object_whose_owner_never_was_is_collected()
    {
        await Post(Maps, $$$"""{"metadata":{"name":"a","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"gone","uid":"{{{Guid.NewGuid()}}}"}]}}""");
        await Cluster.SettleAsync(Patience);
        (await Get(Maps + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    private async Task Owned(string name, Answer owner, string finalizers = "[]") => (await Post(Maps, $$$"""
        {"metadata":{"name":"{{{name}}}","finalizers":{{{finalizers}}},
         "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"{{{owner.Text("metadata/name")}}}","uid":"{{{owner.Text("metadata/uid")}}}"}]}}
        """)).ShouldBe(HttpStatusCode.Created);
}
