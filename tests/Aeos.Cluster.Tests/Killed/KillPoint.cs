namespace Aeos.Cluster.Tests.Killed;

/// <summary>When a process is killed.</summary>
/// <param name="Request">At this request to the cluster, counted from 1; 0: at none.</param>
/// <param name="Change">At this change in the bucket; 0: at none.</param>
/// <param name="IsServed">Whether the request or the change is carried out all the same, where that is open still.</param>
internal sealed record KillPoint(int Request = 0, int Change = 0, bool IsServed = false)
{
    public static KillPoint Never { get; } = new();

    /// <summary>A number of points in a run that has so many requests and changes: the same ones each time.</summary>
    public static IEnumerable<KillPoint> Draw(int count, int requests, int changes, double shareOfChanges)
    {
        var random = new Random(5);
        return Enumerable.Range(0, count).Select(number => random.NextDouble() < shareOfChanges
            ? new KillPoint(Change: random.Next(1, changes + 1), IsServed: number % 2 == 0)
            : new KillPoint(Request: random.Next(1, requests + 1), IsServed: number % 2 == 0));
    }
}
