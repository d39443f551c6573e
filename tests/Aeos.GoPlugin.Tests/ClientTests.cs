using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>How calls end that do not end well, seen from the client.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private Client.PluginProcess _plugin = null!;

    private GrpcChannel Channel => _plugin.Channel;

    public async Task InitializeAsync() => _plugin = await WirePlugin.StartAsync();

    public async Task DisposeAsync() => await _plugin.DisposeAsync();

    [Fact]
    public async Task A_status_arrives_with_its_message()
    {
        for (var code = StatusCode.Cancelled; code <= StatusCode.Unauthenticated; code++)
        {
            var text = $"größe 漢字\n100% %41 {code}";
            var e = await FailAsync($"{(int)code} {text}");
            e.StatusCode.ShouldBe(code);
            e.Message.ShouldBe(text);
        }
    }

    [Fact]
    public async Task Details_arrive_as_they_were_sent()
    {
        var e = await FailAsync("details why");

        e.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        e.Details.ShouldHaveSingleItem().ShouldBeOfType<Any>().Unpack<StringValue>().Value.ShouldBe("why");
    }

    [Fact]
    public async Task A_handlers_exception_is_Unknown_unless_it_is_mapped()
    {
        var unmapped = await FailAsync("throw it broke");
        unmapped.StatusCode.ShouldBe(StatusCode.Unknown);
        unmapped.Message.ShouldBe("it broke");
        var mapped = await FailAsync("map it broke");
        mapped.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        mapped.Message.ShouldBe("mapped: it broke");
    }

    [Fact]
    public async Task A_message_of_many_pages_is_cut_and_still_arrives()
    {
        var e = await FailAsync("5 " + new string('ß', 100_000));
        e.StatusCode.ShouldBe(StatusCode.NotFound);
        e.Message.ShouldStartWith("ßßß");
        e.Message.ShouldEndWith("...");
    }

    [Fact]
    public async Task An_unknown_method_is_Unimplemented()
    {
        var method = new GrpcMethod<StringValue, StringValue>("aeos.test.Wire", "Nothing", StringValue.Parser, StringValue.Parser);
        var e = await Should.ThrowAsync<RpcException>(() => Channel.UnaryAsync(method, new StringValue(), null, CancellationToken.None));
        e.StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task A_deadline_that_passes_is_DeadlineExceeded_for_every_kind_of_call()
    {
        var timeout = TimeSpan.FromMilliseconds(50);
        var unary = await Should.ThrowAsync<RpcException>(() => Channel.UnaryAsync(Methods.Hang, new StringValue(), timeout, CancellationToken.None));
        unary.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        var upload = await Should.ThrowAsync<RpcException>(
            () => Channel.ClientStreamingAsync(Methods.Stall, Endless(new Sent()), timeout, CancellationToken.None));
        upload.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        var download = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var chunk in Channel.ServerStreamingAsync(Methods.Download, new Int64Value { Value = 1L << 40 }, timeout, CancellationToken.None))
            {
                chunk.Value.Length.ShouldBePositive();
            }
        });
        download.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_cancelled_call_throws_and_is_cancelled_in_the_plugin()
    {
        using var cancel = new CancellationTokenSource();
        var call = Channel.UnaryAsync(Methods.Hang, new StringValue(), null, cancel.Token);
        (await EchoAsync("first")).ShouldBe("first");

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        while ((await Channel.UnaryAsync(Methods.Cancelled, new Empty(), null, CancellationToken.None)).Value == 0)
        {
        }
    }

    [Fact]
    public async Task A_status_that_comes_before_the_requests_end_is_what_the_caller_gets()
    {
        var sent = new Sent();
        var e = await Should.ThrowAsync<RpcException>(() => Channel.ClientStreamingAsync(Methods.Refuse, Endless(sent), null, CancellationToken.None));
        e.StatusCode.ShouldBe(StatusCode.NotFound);
        e.Message.ShouldContain("größe");
        sent.Released.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_requests_end_is_an_answer()
    {
        var sent = new Sent();
        var answer = await Channel.ClientStreamingAsync(Methods.UploadFirst, Endless(sent), null, CancellationToken.None);
        answer.Value.ShouldBe(Sent.ChunkLength);
        sent.Released.ShouldBeTrue();
    }

    [Fact]
    public async Task A_source_of_requests_that_throws_cancels_the_call_and_its_exception_comes_out()
    {
        await Should.ThrowAsync<InvalidDataException>(() => Channel.ClientStreamingAsync(Methods.Upload, Broken(0), null, CancellationToken.None));
        await Should.ThrowAsync<InvalidDataException>(() => Channel.ClientStreamingAsync(Methods.Upload, Broken(3), null, CancellationToken.None));
        (await EchoAsync("alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Requests_may_be_none_at_all()
    {
        var answer = await Channel.ClientStreamingAsync(Methods.Upload, None(), null, CancellationToken.None);
        answer.Value.ShouldBe(0);
    }

    [Fact]
    public async Task A_download_may_be_left_early()
    {
        await foreach (var chunk in Channel.ServerStreamingAsync(Methods.Download, new Int64Value { Value = 1L << 40 }, null, CancellationToken.None))
        {
            chunk.Value.Length.ShouldBe(64 * 1024);
            break;
        }

        (await EchoAsync("alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Messages_over_4_MiB_go_neither_way()
    {
        var request = await Should.ThrowAsync<RpcException>(() => EchoAsync(new string('x', MessageFrame.MaxMessageLength)));
        request.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        var response = await Should.ThrowAsync<RpcException>(
            () => Channel.UnaryAsync(Methods.Bytes, new UInt32Value { Value = MessageFrame.MaxMessageLength }, null, CancellationToken.None));
        response.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        var most = MessageFrame.MaxMessageLength - 16;
        (await EchoAsync(new string('x', most))).Length.ShouldBe(most);
    }

    [Fact]
    public async Task A_plugin_that_dies_in_mid_call_is_Unavailable()
    {
        var call = Channel.UnaryAsync(Methods.Hang, new StringValue(), null, CancellationToken.None);
        await EchoAsync("first");
        using var process = Process.GetProcessById(_plugin.ProcessId);
        process.Kill();

        (await Should.ThrowAsync<RpcException>(call)).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Should.ThrowAsync<RpcException>(() => EchoAsync("more"))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async IAsyncEnumerable<BytesValue> Endless(Sent sent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Sent.Chunk;
                await Task.Yield();
            }
        }
        finally
        {
            sent.Released = true;
        }
    }

    private static async IAsyncEnumerable<BytesValue> None()
    {
        await Task.Yield();
        yield break;
    }

    private static async IAsyncEnumerable<BytesValue> Broken(int after)
    {
        await Task.Yield();
        for (var i = 0; i < after; i++)
        {
            yield return Sent.Chunk;
        }

        throw new InvalidDataException("the disk is gone");
    }

    private async Task<string> EchoAsync(string text) =>
        (await Channel.UnaryAsync(Methods.Echo, new StringValue { Value = text }, null, CancellationToken.None)).Value;

    private Task<RpcException> FailAsync(string what) => Should.ThrowAsync<RpcException>(
        () => Channel.UnaryAsync(Methods.Fail, new StringValue { Value = what }, null, CancellationToken.None));

    private sealed class Sent
    {
        public const int ChunkLength = 16 * 1024;

        public static readonly BytesValue Chunk = new() { Value = ByteString.CopyFrom(new byte[ChunkLength]) };

        public bool Released { get; set; }
    }
}
