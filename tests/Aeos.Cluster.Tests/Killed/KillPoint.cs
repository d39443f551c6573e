namespace Aeos.Cluster.Tests.Killed;

/// <summary>When a process is killed.</summary>
/// <param name="Request">At this request, counted from 1; 0: at none.</param>
/// <param name="Change">At this change in the bucket's folder; 0: at none.</param>
/// <param name="IsServed">Whether the request is carried out all the same.</param>
internal sealed record KillPoint(int Request = 0, int Change = 0, bool IsServed = false)
{
    public static KillPoint Never { get; } = new();

    /// <summary>A number of points in a run that has so many requests and changes: the same ones each time.</summary>
    public static IEnumerable<KillPoint> Draw(int count, int requests, int changes, double shareOfChanges)
    {
        var random = new Random(5);
        return Enumerable.Range(0, count).Select(number => random.NextDouble() < shareOfChanges
            ? new KillPoint(Change: random.Next(1, changes + 1))
            : new KillPoint(Request: random.Next(1, requests + 1), IsServed: number % 2 == 0));
    }
}
