using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Controllers;

namespace Aeos.Server.Tests.Controllers;

public sealed class WorkQueueTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_name_that_is_added_twice_comes_once()
    {
        using var queue = new WorkQueue(_time);
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");

        (await queue.TakeAsync(default)).ShouldBe("a");
        (await queue.TakeAsync(default)).ShouldBe("b");
        queue.TakeAsync(default).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_that_is_added_while_it_is_worked_on_comes_again_afterwards()
    {
        using var queue = new WorkQueue(_time);
        queue.Add("a");
        await queue.TakeAsync(default);
        queue.Add("a");

        var next = queue.TakeAsync(default);
        next.IsCompleted.ShouldBeFalse();
        queue.Done("a");
        (await next).ShouldBe("a");
    }

    [Fact]
    public async Task Of_two_times_for_a_name_the_nearest_counts_and_the_other_is_forgotten()
    {
        using var queue = new WorkQueue(_time);
        queue.AddAfter("a", TimeSpan.FromMinutes(5));
        queue.AddAfter("a", TimeSpan.FromMinutes(1));
        queue.AddAfter("a", TimeSpan.FromMinutes(9));

        _time.Advance(TimeSpan.FromSeconds(59));
        queue.Count.ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await queue.TakeAsync(default)).ShouldBe("a");
        queue.Done("a");
        _time.Advance(TimeSpan.FromMinutes(10));
        queue.Count.ShouldBe(0);
    }
}
