using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>velero restore</c>.</summary>
internal sealed class RestoreCommands(VeleroClient client)
{
    private readonly Downloads _downloads = new(client);

    /// <summary><c>velero restore create NAME --from-backup BACKUP --namespace-mappings FROM:TO --existing-resource-policy update</c>.</summary>
    public async Task<Answer> CreateAsync(string name, string backup, (string From, string To)? mapping = null)
    {
        await client.BeginAsync();
        (await client.GetAsync("backups", backup)).ShouldBe(HttpStatusCode.OK);
        return await client.CreateAsync("restores", Body(name, backup, mapping));
    }

    /// <summary><c>velero restore create NAME --from-backup BACKUP --wait</c>.</summary>
    public async Task<Answer> CreateAndWaitAsync(string name, string backup, (string From, string To)? mapping = null)
    {
        await client.BeginAsync();
        (await client.GetAsync("backups", backup)).ShouldBe(HttpStatusCode.OK);
        return await Waiting.RunAsync(client, "restores", name, async () =>
            (await client.CreateAsync("restores", Body(name, backup, mapping))).ShouldBe(HttpStatusCode.Created));
    }

    /// <summary><c>velero restore create --from-schedule SCHEDULE</c>, under a name that the client makes of it.</summary>
    public async Task<Answer> CreateFromScheduleAsync(string schedule, string name)
    {
        await client.BeginAsync();
        (await client.ListAsync("backups", $"velero.io/schedule-name={schedule}")).ShouldBe(HttpStatusCode.OK).Items.ShouldNotBeEmpty();
        return await client.CreateAsync("restores", $$$$"""
            {"kind":"Restore","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null},"spec":{"scheduleName":"{{{{schedule}}}}","includedNamespaces":["*"],"hooks":{},"itemOperationTimeout":"0s","uploaderConfig":{}},"status":{}}
            """);
    }

    /// <summary><c>velero restore get</c>.</summary>
    public async Task<Answer> ListAsync()
    {
        await client.BeginAsync();
        return await client.ListAsync("restores");
    }

    /// <summary><c>velero restore describe NAME --details</c>, of a restore that has ended.</summary>
    public async Task<RestoreDescription> DescribeAsync(string name)
    {
        await client.BeginAsync();
        var restore = (await client.GetAsync("restores", name)).ShouldBe(HttpStatusCode.OK);
        var volumes = await client.ListAsync("podvolumerestores", $"velero.io/restore-name={name}");
        return new RestoreDescription(
            restore,
            volumes.ShouldBe(HttpStatusCode.OK),
            await DownloadAsync(restore, "RestoreResults"),
            await DownloadAsync(restore, "RestoreVolumeInfo"),
            await DownloadAsync(restore, "RestoreResourceList"));
    }

    /// <summary><c>velero restore logs NAME</c>: where the log is.</summary>
    public async Task<Uri> LogsAsync(string name)
    {
        await client.BeginAsync();
        return await DownloadAsync((await client.GetAsync("restores", name)).ShouldBe(HttpStatusCode.OK), "RestoreLog");
    }

    /// <summary><c>velero restore delete NAME --confirm</c>.</summary>
    public async Task<Answer> DeleteAsync(string name)
    {
        await client.BeginAsync();
        (await client.GetAsync("restores", name)).ShouldBe(HttpStatusCode.OK);
        return await client.DeleteAsync("restores", name);
    }

    // The client looks for the certificate of the backup's location before each download; it may be gone.
    private async Task<Uri> DownloadAsync(Answer restore, string kind)
    {
        var backup = await client.GetAsync("backups", restore.Text("spec", "backupName")!);
        if (backup.Text("spec", "storageLocation") is { Length: > 0 } location)
        {
            (await client.GetAsync("backupstoragelocations", location)).Code.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        }

        return await _downloads.AddressAsync(kind, restore.Name);
    }

    private string Body(string name, string backup, (string From, string To)? mapping)
    {
        var mapped = mapping is var (from, to) ? $$$$"""
            "namespaceMapping":{"{{{{from}}}}":"{{{{to}}}}"},"existingResourcePolicy":"update",
            """ : "";
        return $$$$"""
            {"kind":"Restore","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null},"spec":{"backupName":"{{{{backup}}}}","includedNamespaces":["*"],{{{{mapped}}}}"hooks":{},"itemOperationTimeout":"0s","uploaderConfig":{}},"status":{}}
            """;
    }
}
