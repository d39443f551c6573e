using System.Buffers.Binary;
using System.Net;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>The server against requests that no proper client sends, or that none lets one look at.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private PluginRun _plugin = null!;
    private HttpMessageInvoker _http = null!;

    public async Task InitializeAsync()
    {
        _plugin = await PluginRun.StartAsync();
        _http = _plugin.Connect();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _plugin.DisposeAsync();
    }

    [Fact]
    public async Task A_message_may_be_cut_into_single_bytes()
    {
        var (status, message) = await CallAsync(Methods.Echo.Path, new TrickleContent(Frame(new StringValue { Value = "größe" })));

        status.ShouldBe(StatusCode.OK);
        StringValue.Parser.ParseFrom(message.AsSpan(MessageFrame.HeaderLength)).Value.ShouldBe("größe");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    public async Task A_stream_that_ends_in_mid_message_is_Internal(int length)
    {
        var frame = Frame(new StringValue { Value = "hello, world" });
        (await StatusAsync(Methods.Echo.Path, frame[..length])).ShouldBe(StatusCode.Internal);
        (await StatusAsync(Methods.Upload.Path, [.. frame, .. frame[..length]])).ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task A_unary_call_has_exactly_one_message()
    {
        var frame = Frame(new StringValue { Value = "x" });
        (await StatusAsync(Methods.Echo.Path, [])).ShouldBe(StatusCode.Internal);
        (await StatusAsync(Methods.Echo.Path, [.. frame, .. frame])).ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task What_is_no_protobuf_is_Internal() =>
        (await StatusAsync(Methods.Echo.Path, [0, 0, 0, 0, 2, 0xff, 0xff])).ShouldBe(StatusCode.Internal);

    [Fact]
    public async Task A_compressed_message_is_Unimplemented() =>
        (await StatusAsync(Methods.Echo.Path, [1, 0, 0, 0, 0])).ShouldBe(StatusCode.Unimplemented);

    [Fact]
    public async Task An_unknown_flag_is_Internal() =>
        (await StatusAsync(Methods.Echo.Path, [2, 0, 0, 0, 0])).ShouldBe(StatusCode.Internal);

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_its_bytes_come()
    {
        var frame = new byte[MessageFrame.HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), MessageFrame.MaxMessageLength + 1);
        (await StatusAsync(Methods.Upload.Path, frame)).ShouldBe(StatusCode.ResourceExhausted);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), uint.MaxValue);
        (await StatusAsync(Methods.Upload.Path, frame)).ShouldBe(StatusCode.ResourceExhausted);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc-web", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc+json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc", HttpStatusCode.OK)]
    [InlineData("application/grpc+proto", HttpStatusCode.OK)]
    [InlineData("application/grpc; charset=utf-8", HttpStatusCode.OK)]
    public async Task Only_grpc_with_protobuf_is_served(string contentType, HttpStatusCode status)
    {
        var content = new ByteArrayContent(Frame(new StringValue { Value = "x" }));
        content.Headers.TryAddWithoutValidation("content-type", contentType);
        using var response = await _http.SendAsync(PluginRun.Request(Methods.Echo.Path, content), CancellationToken.None);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Only_POST_is_served()
    {
        var request = PluginRun.Request(Methods.Echo.Path, new ByteArrayContent([]));
        request.Method = HttpMethod.Put;
        using var response = await _http.SendAsync(request, CancellationToken.None);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_deadline_ends_a_call_with_status_4_in_trailers()
    {
        var request = PluginRun.Request(Methods.Hang.Path, new ByteArrayContent(Frame(new StringValue())));
        request.Headers.Add("grpc-timeout", "20m");
        (await CallAsync(request)).Status.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_deadline_ends_a_stalled_upload_with_status_4_in_trailers()
    {
        var request = PluginRun.Request(Methods.Upload.Path, new EndlessContent(Frame(new BytesValue())));
        request.Headers.Add("grpc-timeout", "20m");
        (await CallAsync(request)).Status.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_the_reader_is_slow_ends_in_status_4_once_it_reads()
    {
        var request = PluginRun.Request(Methods.Download.Path, new ByteArrayContent(Frame(new Int64Value { Value = 1L << 40 })));
        request.Headers.Add("grpc-timeout", "100m");
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStreamAsync();

        // Nothing is read until the deadline has passed on the server: it has a later call with the same deadline to tell.
        var later = PluginRun.Request(Methods.Hang.Path, new ByteArrayContent(Frame(new StringValue())));
        later.Headers.Add("grpc-timeout", "200m");
        (await CallAsync(later)).Status.ShouldBe(StatusCode.DeadlineExceeded);

        await body.CopyToAsync(Stream.Null);
        response.TrailingHeaders.GetValues(StatusTrailers.Status).ShouldBe(["4"]);
    }

    [Fact]
    public async Task A_timeout_that_cannot_be_read_is_refused()
    {
        var request = PluginRun.Request(Methods.Echo.Path, new ByteArrayContent(Frame(new StringValue())));
        request.Headers.Add("grpc-timeout", "soon");
        (await CallAsync(request)).Status.ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task Health_answers_for_the_plugin_and_for_nothing_else()
    {
        var (status, message) = await CallAsync("/grpc.health.v1.Health/Check", new ByteArrayContent(Frame(new StringValue { Value = "plugin" })));
        status.ShouldBe(StatusCode.OK);
        message[MessageFrame.HeaderLength..].ShouldBe(new byte[] { 8, 1 });
        (await StatusAsync("/grpc.health.v1.Health/Check", Frame(new StringValue { Value = "other" }))).ShouldBe(StatusCode.NotFound);
    }

    [Theory]
    [InlineData("/plugin.GRPCStdio/StreamStdio")]
    [InlineData("/plugin.GRPCBroker/StartStream")]
    [InlineData("/grpc.health.v1.Health/Watch")]
    public async Task Streams_that_hosts_hold_open_end_well_when_the_plugin_ends(string path)
    {
        var content = path.EndsWith("StartStream", StringComparison.Ordinal)
            ? new EndlessContent(Frame(new Empty()))
            : (HttpContent)new ByteArrayContent(Frame(new Empty()));
        var held = _http.SendAsync(PluginRun.Request(path, content), CancellationToken.None);
        (await StatusAsync(Methods.Echo.Path, Frame(new StringValue()))).ShouldBe(StatusCode.OK);
        held.IsFaulted.ShouldBeFalse();

        (await StatusAsync("/plugin.GRPCController/Shutdown", Frame(new Empty()))).ShouldBe(StatusCode.OK);
        using var response = await held;
        await response.Content.CopyToAsync(Stream.Null);
        response.TrailingHeaders.GetValues(StatusTrailers.Status).ShouldBe(["0"]);
        (await _plugin.WaitForExitAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_call_under_way_ends_with_Unavailable_when_the_plugin_ends_and_the_plugin_does_not_wait_for_it()
    {
        var hanging = CallAsync(Methods.Hang.Path, new ByteArrayContent(Frame(new StringValue())));
        (await StatusAsync(Methods.Echo.Path, Frame(new StringValue()))).ShouldBe(StatusCode.OK);

        (await StatusAsync("/plugin.GRPCController/Shutdown", Frame(new Empty()))).ShouldBe(StatusCode.OK);
        (await hanging).Status.ShouldBe(StatusCode.Unavailable);
        (await _plugin.WaitForExitAsync()).ExitCode.ShouldBe(0);
    }

    private static byte[] Frame(IMessage message)
    {
        var body = message.ToByteArray();
        var frame = new byte[MessageFrame.HeaderLength + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)body.Length);
        body.CopyTo(frame, MessageFrame.HeaderLength);
        return frame;
    }

    private async Task<StatusCode> StatusAsync(string path, byte[] body) => (await CallAsync(path, new ByteArrayContent(body))).Status;

    private Task<(StatusCode Status, byte[] Body)> CallAsync(string path, HttpContent content) => CallAsync(PluginRun.Request(path, content));

    private async Task<(StatusCode Status, byte[] Body)> CallAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, CancellationToken.None);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await response.Content.ReadAsByteArrayAsync();
        var status = response.TrailingHeaders.GetValues(StatusTrailers.Status).ShouldHaveSingleItem();
        return ((StatusCode)int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), body);
    }
}
