using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Tests;

public class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_burst_goes_at_once_and_the_rest_at_the_rate()
    {
        var bucket = new TokenBucket(10, 3, _time);
        var waits = Enumerable.Range(0, 6).Select(_ => bucket.WaitAsync(default).AsTask()).ToList();
        waits.Count(wait => wait.IsCompleted).ShouldBe(3);
        for (var more = 1; more <= 3; more++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await waits[2 + more];
            waits.Count(wait => wait.IsCompleted).ShouldBe(3 + more);
        }
    }

    [Fact]
    public void Pauses_fill_the_bucket_up_to_the_burst_and_no_further()
    {
        var bucket = new TokenBucket(10, 2, _time);
        _time.Advance(TimeSpan.FromHours(1));
        Enumerable.Range(0, 3).Select(_ => bucket.WaitAsync(default).AsTask().IsCompleted).ShouldBe([true, true, false]);
    }

    [Fact]
    public async Task Who_gives_up_waiting_gives_the_token_back()
    {
        var bucket = new TokenBucket(1, 1, _time);
        await bucket.WaitAsync(default);
        using var cancel = new CancellationTokenSource();
        var gaveUp = bucket.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => gaveUp);
        var next = bucket.WaitAsync(default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        await next;
    }

    [Fact]
    public void Without_a_rate_nothing_waits()
    {
        var bucket = new TokenBucket(0, 1, _time);
        Enumerable.Range(0, 1000).ShouldAllBe(_ => bucket.WaitAsync(default).AsTask().IsCompleted);
    }
}
