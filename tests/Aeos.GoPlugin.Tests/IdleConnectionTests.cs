using Aeos.GoPlugin.Tests.Fixtures;

namespace Aeos.GoPlugin.Tests;

public sealed class IdleConnectionTests
{
    // Kestrel looks at its connections once a second, by a clock that no test can drive. Slowness cannot fail this: only the plugin's closing can.
    private static readonly TimeSpan SeveralLooks = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_connection_without_calls_stays_open()
    {
        await using var plugin = await PluginRun.StartAsync();
        using var socket = await plugin.ConnectSocketAsync(CancellationToken.None);
        await socket.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray().Concat(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }).ToArray());

        using var enough = new CancellationTokenSource(SeveralLooks);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await socket.ReceiveAsync(new byte[1024], enough.Token) > 0)
            {
            }
        });
    }
}
