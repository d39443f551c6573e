using System.Diagnostics;
using System.Reflection;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;
using Aeos.Embedded;

namespace Aeos.Cluster.Tests.Killed;

/// <summary>
/// Runs the built <c>aeos</c> and kills it (SIGKILL) at a point of its own progress: when it sends its Nth request to the cluster, or when the Nth change
/// in the bucket is seen.
/// </summary>
internal sealed class KilledProcess
{
    public static string Built { get; } = typeof(KilledProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "AeosExecutable").Value!;

    private readonly TaskCompletionSource<Process> _started = new();
    private readonly KillPoint _point;
    private int _requests;
    private int _changes;

    private KilledProcess(KillPoint point) => _point = point;

    /// <summary>Whether it was killed; else it came to its end before.</summary>
    public bool WasKilled { get; private set; }

    public int ExitCode { get; private set; }

    public string Errors { get; private set; } = "";

    /// <summary>How many requests it sent to the cluster.</summary>
    public int Requests => _requests;

    /// <summary>How many changes of the bucket were seen.</summary>
    public int Changes => _changes;

    public static async Task<KilledProcess> RunAsync(ClusterRoom room, IWatchedBucket bucket, KillPoint point, params string[] arguments)
    {
        var run = new KilledProcess(point);
        await run.RunAsync(room, bucket, arguments);
        return run;
    }

    private async Task RunAsync(ClusterRoom room, IWatchedBucket bucket, string[] arguments)
    {
        var config = Path.Combine(bucket.Folder, "kubeconfig");
        await File.WriteAllTextAsync(config, room.Embedded.Kubeconfig);
        var temporary = Directory.CreateDirectory(Path.Combine(bucket.Folder, "temporary"));
        using var watch = bucket.Watch(Changing);
        room.Embedded.BeforeRequest = request => request.UserAgent.StartsWith("aeos", StringComparison.Ordinal) ? Requested() : null;
        var start = new ProcessStartInfo(Built, [.. arguments, "--location", bucket.Manifest, "--kubeconfig", config]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = temporary.FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in bucket.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        _started.SetResult(process);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        room.Embedded.BeforeRequest = null;
        await room.Embedded.SettleAsync();
        (ExitCode, Errors) = (process.ExitCode, await errors + await output);

        // 128 and the signal's number, 9.
        WasKilled = process.ExitCode == 137;
        temporary.GetFileSystemInfos("*", SearchOption.AllDirectories).ShouldBeEmpty("what was spooled has no name");
    }

    // A request that meets the kill is carried out, or never seen: both happen to those who die.
    private Fault? Requested()
    {
        if (Interlocked.Increment(ref _requests) != _point.Request)
        {
            return null;
        }

        _started.Task.Result.Kill();
        return _point.IsServed ? null : Fault.Answer(503, "ServiceUnavailable", "never seen");
    }

    private bool Changing()
    {
        if (Interlocked.Increment(ref _changes) != _point.Change)
        {
            return true;
        }

        _started.Task.Result.Kill();
        return _point.IsServed;
    }
}
