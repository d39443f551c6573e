using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>Our client and our server, with a process between them.</summary>
public class CallTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_of_every_kind_come_back_with_what_was_sent(bool autoMtls)
    {
        await using var plugin = await WirePlugin.StartAsync(autoMtls);

        plugin.ProtocolVersion.ShouldBe(2);
        var echo = await plugin.Channel.UnaryAsync(Methods.Echo, new StringValue { Value = "größe" }, null, CancellationToken.None);
        echo.Value.ShouldBe("größe");

        var length = 0L;
        await foreach (var chunk in plugin.Channel.ServerStreamingAsync(
            Methods.Download, new Int64Value { Value = 10_000_000 }, null, CancellationToken.None))
        {
            length += chunk.Value.Length;
        }

        length.ShouldBe(10_000_000);
        var uploaded = await plugin.Channel.ClientStreamingAsync(Methods.Upload, Chunks(300, 16 * 1024), null, CancellationToken.None);
        uploaded.Value.ShouldBe(300 * 16 * 1024);
    }

    private static async IAsyncEnumerable<BytesValue> Chunks(int count, int length)
    {
        await Task.CompletedTask;
        var chunk = new BytesValue { Value = ByteString.CopyFrom(new byte[length]) };
        for (var i = 0; i < count; i++)
        {
            yield return chunk;
        }
    }
}
