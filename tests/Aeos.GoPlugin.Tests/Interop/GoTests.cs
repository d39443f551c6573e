using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests.Interop;

/// <summary>Against HashiCorp's own implementation.</summary>
public class GoTests(GoPeer peer) : IClassFixture<GoPeer>
{
    [GoTheory]
    [InlineData]
    [InlineData("-mtls")]
    public async Task A_Go_host_drives_our_plugin(params string[] flags)
    {
        var (exitCode, output) = await GoPeer.RunAsync(peer.FileName, ["host", .. flags, WirePlugin.FileName], ".");
        exitCode.ShouldBe(0, output);
        output.ShouldContain("ok end");
    }

    [GoTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_host_drives_a_Go_plugin(bool autoMtls)
    {
        await using var plugin = await StartAsync(autoMtls);
        plugin.ProtocolVersion.ShouldBe(2);
        (await plugin.Channel.UnaryAsync(Methods.Echo, new StringValue { Value = "größe" }, null, CancellationToken.None)).Value.ShouldBe("größe");

        var length = 0L;
        await foreach (var chunk in plugin.Channel.ServerStreamingAsync(
            Methods.Download, new Int64Value { Value = 64 << 20 }, null, CancellationToken.None))
        {
            length += chunk.Value.Length;
        }

        length.ShouldBe(64 << 20);
        (await plugin.Channel.ClientStreamingAsync(Methods.Upload, Chunks(4096), null, CancellationToken.None)).Value.ShouldBe(64 << 20);
    }

    [GoFact]
    public async Task A_Go_plugins_failures_arrive_with_status_message_and_details()
    {
        await using var plugin = await StartAsync(autoMtls: false);
        var failed = await Should.ThrowAsync<RpcException>(
            () => plugin.Channel.UnaryAsync(Methods.Fail, new StringValue { Value = "details größe\n100%" }, null, CancellationToken.None));
        failed.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failed.Message.ShouldBe("größe\n100%");
        failed.Details.ShouldHaveSingleItem().ShouldBeOfType<Any>().Unpack<StringValue>().Value.ShouldBe("größe\n100%");

        var refused = await Should.ThrowAsync<RpcException>(
            () => plugin.Channel.ClientStreamingAsync(Methods.Refuse, Chunks(int.MaxValue), null, CancellationToken.None));
        refused.StatusCode.ShouldBe(StatusCode.NotFound);
        refused.Message.ShouldContain("größe");

        var late = await Should.ThrowAsync<RpcException>(
            () => plugin.Channel.UnaryAsync(Methods.Hang, new StringValue(), TimeSpan.FromMilliseconds(50), CancellationToken.None));
        late.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);

        var unknown = await Should.ThrowAsync<RpcException>(
            () => plugin.Channel.UnaryAsync(Methods.Written, new Empty(), null, CancellationToken.None));
        unknown.StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [GoFact]
    public async Task A_Go_plugin_with_another_protocol_version_is_refused_with_both_versions()
    {
        var options = WirePlugin.Options() with { FileName = peer.FileName, Handshake = WirePlugin.Handshake with { ProtocolVersions = [7] } };
        var e = await Should.ThrowAsync<PluginStartException>(() => PluginProcess.StartAsync(options, CancellationToken.None));
        e.Message.ShouldContain("protocol version 2, this host 7");
    }

    private Task<PluginProcess> StartAsync(bool autoMtls) => PluginProcess.StartAsync(
        WirePlugin.Options() with { FileName = peer.FileName, AutoMtls = autoMtls }, CancellationToken.None);

    private static async IAsyncEnumerable<BytesValue> Chunks(int count)
    {
        var chunk = new BytesValue { Value = ByteString.CopyFrom(new byte[16 * 1024]) };
        for (var i = 0; i < count; i++)
        {
            yield return chunk;
            await Task.Yield();
        }
    }
}
