using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>velero backup</c>.</summary>
internal sealed class BackupCommands(VeleroClient client)
{
    private readonly Downloads _downloads = new(client);

    /// <summary><c>velero backup create NAME --include-namespaces NS --storage-location LOCATION --labels x=y --ttl TTL</c>.</summary>
    public async Task<Answer> CreateAsync(string name, string included = "*", string? location = null, string ttl = "0s")
    {
        await client.BeginAsync();
        if (location is not null)
        {
            (await client.GetAsync("backupstoragelocations", location)).ShouldBe(HttpStatusCode.OK);
        }

        return await client.CreateAsync("backups", Body(name, included, location, ttl));
    }

    /// <summary><c>velero backup create NAME --include-namespaces NS --wait</c>.</summary>
    public async Task<Answer> CreateAndWaitAsync(string name, string included = "*")
    {
        await client.BeginAsync();
        return await Waiting.RunAsync(client, "backups", name, async () =>
            (await client.CreateAsync("backups", Body(name, included, null))).ShouldBe(HttpStatusCode.Created));
    }

    /// <summary><c>velero backup create [NAME] --from-schedule SCHEDULE</c>: the client copies what it knows of the template, and the annotations.</summary>
    public async Task<Answer> CreateFromScheduleAsync(string schedule, string name)
    {
        await client.BeginAsync();
        var body = (await client.GetAsync("schedules", schedule)).ShouldBe(HttpStatusCode.OK).Body;
        var template = body["spec"]!["template"]!.AsObject();
        template.Remove("encryption");
        var annotations = body["metadata"]!["annotations"] is { } some ? $""","annotations":{some.ToJsonString()}""" : "";
        return await client.CreateAsync("backups", $$$$"""
            {"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null,"labels":{"velero.io/schedule-name":"{{{{schedule}}}}"}{{{{annotations}}}}},"spec":{{{{template.ToJsonString()}}}},"status":{}}
            """);
    }

    /// <summary><c>velero backup get</c>, with <c>--selector</c>.</summary>
    public async Task<Answer> ListAsync(string? selector = null)
    {
        await client.BeginAsync();
        return await client.ListAsync("backups", selector);
    }

    /// <summary><c>velero backup get NAME</c>.</summary>
    public async Task<Answer> GetAsync(string name)
    {
        await client.BeginAsync();
        return await client.GetAsync("backups", name);
    }

    /// <summary><c>velero backup describe NAME --details</c>, of a backup that has ended with warnings.</summary>
    public async Task<BackupDescription> DescribeAsync(string name)
    {
        await client.BeginAsync();
        var backup = (await client.GetAsync("backups", name)).ShouldBe(HttpStatusCode.OK);
        var deletions = await client.ListAsync("deletebackuprequests", $"velero.io/backup-name={name},velero.io/backup-uid={backup.Text("metadata", "uid")}");
        var volumes = await client.ListAsync("podvolumebackups", $"velero.io/backup-name={name}");
        return new BackupDescription(
            backup,
            deletions.ShouldBe(HttpStatusCode.OK),
            volumes.ShouldBe(HttpStatusCode.OK),
            await DownloadAsync(backup, "BackupResults"),
            await DownloadAsync(backup, "BackupResourceList"),
            await DownloadAsync(backup, "BackupVolumeInfos"));
    }

    /// <summary><c>velero backup logs NAME</c>: where the log is.</summary>
    public async Task<Uri> LogsAsync(string name)
    {
        await client.BeginAsync();
        var backup = (await client.GetAsync("backups", name)).ShouldBe(HttpStatusCode.OK);
        backup.Phase.ShouldBeOneOf("Completed", "PartiallyFailed", "Failed", "WaitingForPluginOperations", "WaitingForPluginOperationsPartiallyFailed");
        return await DownloadAsync(backup, "BackupLog");
    }

    /// <summary><c>velero backup download NAME</c>: where the archive is.</summary>
    public async Task<Uri> DownloadAsync(string name)
    {
        await client.BeginAsync();
        (await client.GetAsync("backups", name)).ShouldBe(HttpStatusCode.OK);
        await client.BeginAsync();
        return await DownloadAsync((await client.GetAsync("backups", name)).ShouldBe(HttpStatusCode.OK), "BackupContents");
    }

    /// <summary><c>velero backup delete NAME --confirm</c>.</summary>
    public async Task<Answer> DeleteAsync(string name)
    {
        await client.BeginAsync();
        return await DeleteAsync((await client.GetAsync("backups", name)).ShouldBe(HttpStatusCode.OK));
    }

    /// <summary><c>velero backup delete --all --confirm</c>.</summary>
    public async Task<IReadOnlyList<Answer>> DeleteAllAsync()
    {
        await client.BeginAsync();
        var list = (await client.ListAsync("backups")).ShouldBe(HttpStatusCode.OK);
        var made = new List<Answer>();
        foreach (var item in list.Items)
        {
            made.Add(await DeleteAsync(new Answer(HttpStatusCode.OK, item)));
        }

        return made;
    }

    private Task<Answer> DeleteAsync(Answer backup) => client.CreateAsync("deletebackuprequests", $$$$"""
        {"kind":"DeleteBackupRequest","apiVersion":"velero.io/v1","metadata":{"generateName":"{{{{backup.Name}}}}-","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null,"labels":{"velero.io/backup-name":"{{{{backup.Name}}}}","velero.io/backup-uid":"{{{{backup.Text("metadata", "uid")}}}}"}},"spec":{"backupName":"{{{{backup.Name}}}}"},"status":{}}
        """);

    // The client looks for the certificate of the backup's location before each download.
    private async Task<Uri> DownloadAsync(Answer backup, string kind)
    {
        if (backup.Text("spec", "storageLocation") is { Length: > 0 } location)
        {
            (await client.GetAsync("backupstoragelocations", location)).Code.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        }

        return await _downloads.AddressAsync(kind, backup.Name);
    }

    private string Body(string name, string included, string? location, string ttl = "0s")
    {
        var labels = location is null ? "" : ""","labels":{"x":"y"}""";
        var place = location is null ? "" : $"""
            "snapshotVolumes":false,"storageLocation":"{location}",
            """;
        return $$$$"""
            {"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null{{{{labels}}}}},"spec":{"metadata":{},"includedNamespaces":["{{{{included}}}}"],"ttl":"{{{{ttl}}}}","hooks":{},{{{{place}}}}"csiSnapshotTimeout":"0s","itemOperationTimeout":"0s"},"status":{}}
            """;
    }
}
