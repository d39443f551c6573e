using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>velero backup-location</c>.</summary>
internal sealed class LocationCommands(VeleroClient client)
{
    /// <summary><c>velero backup-location create NAME --provider aeos.io/filesystem --bucket BUCKET --config root=ROOT --default</c>.</summary>
    public async Task<Answer> CreateDefaultAsync(string name, string root, string bucket = "b")
    {
        await client.BeginAsync();
        (await DefaultsAsync()).ShouldBeEmpty("the client refuses a second default location");
        return await client.CreateAsync("backupstoragelocations", $$$$"""
            {"kind":"BackupStorageLocation","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null},"spec":{"provider":"aeos.io/filesystem","config":{"root":{{{{JsonValue.Create(root).ToJsonString()}}}}},"objectStorage":{"bucket":"{{{{bucket}}}}"},"default":true,"accessMode":"ReadWrite"},"status":{}}
            """);
    }

    /// <summary>The same with <c>--access-mode ReadOnly --credential s=k --backup-sync-period 1m --validation-frequency 2m --labels a=b</c>, and no default.</summary>
    public async Task<Answer> CreateReadOnlyAsync(string name)
    {
        await client.BeginAsync();
        return await client.CreateAsync("backupstoragelocations", $$$$"""
            {"kind":"BackupStorageLocation","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null,"labels":{"a":"b"}},"spec":{"provider":"aeos.io/filesystem","credential":{"name":"s","key":"k"},"objectStorage":{"bucket":"b2"},"accessMode":"ReadOnly","backupSyncPeriod":"1m0s","validationFrequency":"2m0s"},"status":{}}
            """);
    }

    /// <summary><c>velero backup-location get</c>.</summary>
    public async Task<Answer> ListAsync()
    {
        await client.BeginAsync();
        return await client.ListAsync("backupstoragelocations");
    }

    /// <summary><c>velero backup-location set NAME --default=true</c>, or <c>false</c>: it takes away the certificate that is not named again.</summary>
    public async Task<Answer> SetDefaultAsync(string name, bool isDefault)
    {
        await client.BeginAsync();
        var location = (await client.GetAsync("backupstoragelocations", name)).ShouldBe(HttpStatusCode.OK).Body;
        if (isDefault)
        {
            (await DefaultsAsync()).ShouldBeEmpty("the client refuses a second default location");
            location["spec"]!["default"] = true;
        }
        else
        {
            location["spec"]!.AsObject().Remove("default");
        }

        location["spec"]!["objectStorage"]!.AsObject().Remove("caCert");
        return await client.UpdateAsync("backupstoragelocations", location);
    }

    /// <summary><c>velero backup-location delete NAME --confirm</c>: the client deletes the resources of its backups and repositories, too.</summary>
    /// <returns>The backups whose resources were deleted.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(string name)
    {
        await client.BeginAsync();
        (await client.GetAsync("backupstoragelocations", name)).ShouldBe(HttpStatusCode.OK);
        (await client.DeleteAsync("backupstoragelocations", name)).ShouldBe(HttpStatusCode.OK);
        var backups = (await client.ListAsync("backups", $"velero.io/storage-location={name}")).ShouldBe(HttpStatusCode.OK);
        foreach (var backup in backups.Names)
        {
            (await client.DeleteAsync("backups", backup)).ShouldBe(HttpStatusCode.OK);
        }

        (await client.ListAsync("backuprepositories", $"velero.io/storage-location={name}")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
        return backups.Names;
    }

    private async Task<IReadOnlyList<string>> DefaultsAsync()
    {
        var all = (await client.ListAsync("backupstoragelocations")).ShouldBe(HttpStatusCode.OK);
        return [.. all.Items.Where(static item => item["spec"]!["default"]?.GetValue<bool>() == true).Select(static item => item["metadata"]!["name"]!.ToString())];
    }
}
