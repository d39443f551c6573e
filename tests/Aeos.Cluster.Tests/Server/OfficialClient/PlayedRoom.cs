using System.Text;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>A cluster with Velero's definitions, a namespace, the played client, and no server: its part is the test's.</summary>
internal sealed class PlayedRoom : IAsyncDisposable
{
    private readonly ClusterRoom _room;

    private PlayedRoom(ClusterRoom room, string @namespace)
    {
        _room = room;
        Client = new VeleroClient(room, @namespace);
        (Backups, Restores, Schedules, Locations) = (new(Client), new(Client), new(Client), new(Client));
    }

    public VeleroClient Client { get; }

    public BackupCommands Backups { get; }

    public RestoreCommands Restores { get; }

    public ScheduleCommands Schedules { get; }

    public LocationCommands Locations { get; }

    public static async Task<PlayedRoom> OpenAsync()
    {
        var room = await ClusterRoom.OpenAsync();
        await VeleroDefinitions.ApplyAsync(room.Client, TimeProvider.System, CancellationToken.None);
        return new PlayedRoom(room, await room.CreateNamespaceAsync("velero"));
    }

    /// <summary>Does what a server does to a resource: a merge patch.</summary>
    public Task PatchAsync(ApiResource type, string name, string patch)
        => _room.Client.PatchAsync(type, Client.Namespace, name, PatchType.Merge, Encoding.UTF8.GetBytes(patch));

    /// <summary>Waits until one is there.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> UntilAsync(ApiResource type, string? name = null)
    {
        while (true)
        {
            await foreach (var item in _room.Client.List(type, new ListOptions { Namespace = Client.Namespace }).WithCancellation(Client.Patience))
            {
                if (name is null || item.Name == name)
                {
                    return item.Name;
                }
            }

            await Task.Delay(20, Client.Patience);
        }
    }

    /// <summary>A location and a backup that has ended there.</summary>
    public async Task<string> MakeBackupAsync(string name = "b1")
    {
        await Locations.CreateDefaultAsync("default", "/nowhere");
        await Backups.CreateAsync(name, location: "default");
        await PatchAsync(VeleroTypes.Backups.Api, name, """{"status":{"phase":"Completed","warnings":1}}""");
        return name;
    }

    /// <summary>Runs a command and gives each DownloadRequest an address meanwhile, which says what was asked for.</summary>
    public async Task<T> AnsweringDownloadsAsync<T>(Task<T> command)
    {
        while (!command.IsCompleted)
        {
            await foreach (var item in _room.Client.List(VeleroTypes.DownloadRequests.Api, new ListOptions { Namespace = Client.Namespace }))
            {
                var request = item.ToTree();
                if (request["status"]?["downloadURL"] is null)
                {
                    var target = request["spec"]!["target"]!;
                    await PatchAsync(VeleroTypes.DownloadRequests.Api, item.Name, $$$$"""
                        {"status":{"phase":"Processed","downloadURL":"https://aeos.test/{{{{target["kind"]}}}}/{{{{target["name"]}}}}"}}
                        """);
                }
            }

            await Task.WhenAny(command, Task.Delay(20));
        }

        return await command;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _room.DisposeAsync();
    }
}
