using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>velero schedule</c>.</summary>
internal sealed class ScheduleCommands(VeleroClient client)
{
    /// <summary><c>velero schedule create NAME --schedule CRON --include-namespaces NS --ttl 24h</c>.</summary>
    public async Task<Answer> CreateAsync(string name, string cron, string included = "*")
    {
        await client.BeginAsync();
        return await client.CreateAsync("schedules", $$$$"""
            {"kind":"Schedule","apiVersion":"velero.io/v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{client.Namespace}}}}","creationTimestamp":null},"spec":{"template":{"metadata":{},"includedNamespaces":["{{{{included}}}}"],"ttl":"24h0m0s","hooks":{},"csiSnapshotTimeout":"0s","itemOperationTimeout":"0s"},"schedule":"{{{{cron}}}}","useOwnerReferencesInBackup":false},"status":{}}
            """);
    }

    /// <summary><c>velero schedule get</c>: of all namespaces.</summary>
    public async Task<Answer> ListAsync()
    {
        await client.BeginAsync();
        return await client.ListEverywhereAsync("schedules");
    }

    /// <summary><c>velero schedule describe NAME</c>.</summary>
    public async Task<Answer> DescribeAsync(string name)
    {
        await client.BeginAsync();
        return await client.GetAsync("schedules", name);
    }

    /// <summary><c>velero schedule pause NAME</c>, or <c>unpause</c>.</summary>
    public async Task<Answer> PauseAsync(string name, bool paused)
    {
        await client.BeginAsync();
        var schedule = (await client.GetAsync("schedules", name)).ShouldBe(HttpStatusCode.OK).Body;
        if (paused)
        {
            schedule["spec"]!["paused"] = true;
        }
        else
        {
            // The client leaves out what is false.
            schedule["spec"]!.AsObject().Remove("paused");
        }

        // Nor does it know this field of the template.
        schedule["spec"]!["template"]!.AsObject().Remove("encryption");
        return await client.UpdateAsync("schedules", schedule);
    }

    /// <summary><c>velero schedule delete NAME --confirm</c>.</summary>
    public async Task<Answer> DeleteAsync(string name)
    {
        await client.BeginAsync();
        (await client.GetAsync("schedules", name)).ShouldBe(HttpStatusCode.OK);
        return await client.DeleteAsync("schedules", name);
    }
}
