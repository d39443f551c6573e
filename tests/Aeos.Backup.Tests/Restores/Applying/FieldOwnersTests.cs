using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Applying;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>Owners of fields as a real API server (1.36) writes them.</summary>
public class FieldOwnersTests
{
    private const string Backup = """[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:a":{}}}}]""";
    private const string Restored = """[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:a":{}},"f:metadata":{"f:labels":{".":{},"f:velero.io/backup-name":{},"f:velero.io/restore-name":{}}}}}]""";
    private const string Relabelled = """[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:a":{}},"f:metadata":{"f:labels":{".":{},"f:velero.io/backup-name":{}}}}},{"manager":"aeos","operation":"Update","apiVersion":"v1","time":"2026-01-02T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:velero.io/restore-name":{}}}}}]""";
    private const string Changed = """[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{}}}},{"manager":"editor","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:a":{}}}}]""";

    [Theory]
    [InlineData(Backup, false, true)]
    [InlineData(Restored, false, false)]
    [InlineData(Restored, true, true)]
    [InlineData(Relabelled, true, true)]
    [InlineData(Changed, true, false)]
    [InlineData("[]", true, false)]
    public void Of_a_restored_object_times_and_the_restores_labels_do_not_count(string inCluster, bool isOfRestore, bool areLike) =>
        new FieldOwners(Parse(Backup)).AreLike(Parse(inCluster), isOfRestore).ShouldBe(areLike);

    [Fact]
    public void Where_the_backup_knows_no_owners_any_will_do() => new FieldOwners(null).AreLike(Parse(Changed), isOfRestore: false).ShouldBeTrue();

    [Fact]
    public void An_only_manager_creates_the_object_and_several_are_put_back()
    {
        new FieldOwners(Parse(Backup)).CreationIn("v1")!.FieldManager.ShouldBe("curl");
        new FieldOwners(Parse(Backup)).PatchAfterCreation("v1", wasChanged: false).ShouldBeNull();
        new FieldOwners(Parse(Backup)).PatchAfterCreation("v1", wasChanged: true).ShouldNotBeNull();
        new FieldOwners(Parse(Backup)).CreationIn("v2").ShouldBeNull();
        new FieldOwners(Parse(Changed)).CreationIn("v1").ShouldBeNull();
        JsonNode.DeepEquals(new FieldOwners(Parse(Changed)).PatchAfterCreation("v1", wasChanged: false)!["metadata"]!["managedFields"], Parse(Changed)).ShouldBeTrue();
    }

    private static JsonArray Parse(string fields) => JsonNode.Parse(fields)!.AsArray();
}
