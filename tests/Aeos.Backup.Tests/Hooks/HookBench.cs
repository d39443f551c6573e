using System.Collections.Concurrent;
using System.Text;
using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Hooks;

/// <summary>A cluster whose pods run when a test says so, a clock that moves by hand, and the hooks of a restore.</summary>
internal sealed class HookBench : IAsyncDisposable
{
    private readonly MemoryStream _text = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _reads = new(StringComparer.Ordinal);
    private readonly OperationLog _log;

    private HookBench(EmbeddedCluster cluster, RestoreHooks? hooks)
    {
        Cluster = cluster;
        Client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0, Time = Time });
        _log = new OperationLog(_text, "restore", "again", Time);
        Hooks = new RestoreExecHooks(Client, new RestoreHookPlan(hooks), new RestoreHookJournal(Outcome, new OperationJournal(_log)), new HookCounts(), Time);
        cluster.BeforeRequest = request =>
        {
            if (request.Method == "GET")
            {
                ReadsOf(request.Path.Split('/')[^1]).Release();
            }

            return null;
        };
    }

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    public ManualTime Time { get; } = new();

    public RestoreOutcome Outcome { get; } = new();

    public RestoreExecHooks Hooks { get; }

    /// <summary>What happened, in order: commands, and what the test says itself.</summary>
    public ConcurrentQueue<string> Events { get; } = new();

    public HookStatus Counts => Hooks.Counts.ToStatus();

    public IEnumerable<string> Errors => Outcome.Errors.Namespaces.TryGetValue("shop", out var errors) ? errors : [];

    public static async Task<HookBench> StartAsync(params RestoreResourceHookSpec[] groups)
    {
        var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { PodsRun = false });
        cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        await cluster.SettleAsync();
        var bench = new HookBench(cluster, new RestoreHooks { Resources = groups });
        cluster.Exec = (call, _) =>
        {
            bench.Events.Enqueue($"{call.Pod}/{call.Container}: {string.Join(' ', call.Command)}");
            bench.ReadsOf(call.Pod).Release();
            return Task.FromResult(call.Command[0] == "exit" ? 1 : 0);
        };
        return bench;
    }

    public static RestoreResourceHookSpec Group(params ExecRestoreHook[] hooks)
        => new() { Name = "group", PostHooks = [.. hooks.Select(static hook => new RestoreResourceHook { Exec = hook })] };

    public static ExecRestoreHook Exec(string command, string? container = null, string? onError = null, string? wait = null, bool? ready = null)
        => new() { Command = command.Split(' '), Container = container, OnError = onError, WaitTimeout = wait, WaitForReady = ready };

    /// <summary>Creates a pod with the containers <c>main</c> and <c>sidecar</c>, some of which run, and takes up its hooks.</summary>
    public async Task AddPodAsync(string name, string annotations = "", string labels = "", string running = "")
    {
        var pod = new KubernetesObject(Encoding.UTF8.GetBytes(
            $$$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{name}}}}","namespace":"shop","annotations":{ {{{{annotations}}}} },"labels":{ {{{{labels}}}} } },
             "spec":{"containers":[{"name":"main","image":"i"},{"name":"sidecar","image":"i"}]} }
            """));
        var created = await Client.CreateAsync(WellKnownResources.Pods, "shop", pod);
        if (running.Length > 0)
        {
            await SetAsync(name, "Running", running);
        }

        await Hooks.AddAsync(created, default);
    }

    /// <summary>
    /// Waits until a pod has been looked at: it is read, and read again once its watch has begun, unless a command runs at once. For the first pod alone.
    /// </summary>
    public async Task WaitedForAsync(string pod)
    {
        await ReadsOf(pod).WaitAsync();
        await ReadsOf(pod).WaitAsync();
    }

    /// <summary>Sets which containers run, and which are ready.</summary>
    public Task SetAsync(string pod, string phase, string running = "", string ready = "")
    {
        Events.Enqueue($"{pod} {phase} {running}");
        var statuses = running.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(container =>
            $$$"""{"name":"{{{container}}}","ready":{{{(ready.Split(',').Contains(container) ? "true" : "false")}}},"restartCount":0,"image":"i","imageID":"","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"} } }""");
        var patch = $$$"""{"status":{"phase":"{{{phase}}}","containerStatuses":[{{{string.Join(',', statuses)}}}]}}""";
        return Client.PatchAsync(WellKnownResources.Pods, "shop", pod, PatchType.Merge, Encoding.UTF8.GetBytes(patch), new WriteOptions { Subresource = "status" });
    }

    public async Task<string> LogAsync()
    {
        await _log.CompleteAsync();
        return Encoding.UTF8.GetString(_text.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await Hooks.DisposeAsync();
        await _log.DisposeAsync();
        Client.Dispose();
        await Cluster.DisposeAsync();
    }

    private SemaphoreSlim ReadsOf(string pod) => _reads.GetOrAdd(pod, static _ => new SemaphoreSlim(0));
}
