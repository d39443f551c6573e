namespace Aeos.Server.Tests;

/// <summary>Waits for something to come about by asking again and again; a test that waits in vain fails after a minute.</summary>
internal static class Eventually
{
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> isSo, string what)
    {
        var last = default(T);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!limit.IsCancellationRequested)
        {
            last = await read();
            if (isSo(last))
            {
                return last;
            }

            await Task.Delay(20);
        }

        throw new ShouldAssertException($"waited in vain for {what}; last seen: {$"{last}"[..Math.Min(2000, $"{last}".Length)]}");
    }

    public static Task<T> BecomesAsync<T>(Func<T> read, Func<T, bool> isSo, string what) => BecomesAsync(() => Task.FromResult(read()), isSo, what);

    public static Task GoesAsync<T>(Func<Task<T?>> read, string what)
        where T : class => BecomesAsync<T?>(read, static found => found is null, $"{what} to go");
}
