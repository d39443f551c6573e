using System.Buffers;
using System.IO.Pipelines;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.Handshake;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>What goes over the wire, byte by byte.</summary>
public class FormatTests
{
    [Fact]
    public async Task Messages_cut_anywhere_are_read_whole()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var text in new[] { "", "one", new string('x', 300) })
        {
            MessageFrame.Write(output, new StringValue { Value = text });
        }

        for (var cut = 0; cut <= output.WrittenCount; cut++)
        {
            var pipe = new Pipe();
            var reader = new MessageReader(pipe.Reader);
            await pipe.Writer.WriteAsync(output.WrittenMemory[..cut]);
            var first = reader.ReadAsync(StringValue.Parser, CancellationToken.None);
            await pipe.Writer.WriteAsync(output.WrittenMemory[cut..]);
            await pipe.Writer.CompleteAsync();

            (await first)!.Value.ShouldBe("");
            (await reader.ReadAsync(StringValue.Parser, CancellationToken.None))!.Value.ShouldBe("one");
            (await reader.ReadAsync(StringValue.Parser, CancellationToken.None))!.Value.Length.ShouldBe(300);
            (await reader.ReadAsync(StringValue.Parser, CancellationToken.None)).ShouldBeNull();
        }
    }

    [Fact]
    public void A_frame_is_flag_length_message()
    {
        var output = new ArrayBufferWriter<byte>();
        MessageFrame.Write(output, new StringValue { Value = "A" });
        output.WrittenSpan.ToArray().ShouldBe(new byte[] { 0, 0, 0, 0, 3, 0x0a, 1, (byte)'A' });
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("100%", "100%25")]
    [InlineData("größe\n", "gr%C3%B6%C3%9Fe%0A")]
    [InlineData("漢\u007f", "%E6%BC%A2%7F")]
    public void A_message_is_percent_encoded(string text, string encoded)
    {
        StatusTrailers.EncodeMessage(text).ShouldBe(encoded);
        StatusTrailers.DecodeMessage(encoded).ShouldBe(text);
    }

    [Theory]
    [InlineData("100%")]
    [InlineData("%zz")]
    public void What_is_no_escape_stays_as_it_came(string text) => StatusTrailers.DecodeMessage(text).ShouldBe(text);

    [Fact]
    public void Details_are_google_rpc_Status_in_base64_with_or_without_padding()
    {
        var text = StatusTrailers.EncodeDetails(new RpcException(StatusCode.NotFound, "gone", [new StringValue { Value = "x" }]))!;
        var status = Protos.Status.Parser.ParseFrom(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        status.Code.ShouldBe(5);
        status.Message.ShouldBe("gone");
        text.ShouldNotContain("=");
        foreach (var form in new[] { text, text + "=", text + "==" })
        {
            ((Any)StatusTrailers.DecodeDetails(form).ShouldHaveSingleItem()).Unpack<StringValue>().Value.ShouldBe("x");
        }
    }

    [Theory]
    [InlineData("!")]
    [InlineData("////")]
    [InlineData(null)]
    public void Details_that_cannot_be_read_are_none(string? text) => StatusTrailers.DecodeDetails(text).ShouldBeEmpty();

    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("4m", 40_000)]
    [InlineData("5u", 50)]
    [InlineData("600n", 6)]
    [InlineData("1n", 1)]
    [InlineData("99999999H", 99_999_999L * TimeSpan.TicksPerHour)]
    public void A_timeout_is_digits_and_a_unit(string text, long ticks)
    {
        GrpcTimeout.TryParse(text, out var timeout).ShouldBeTrue();
        timeout.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("1 S")]
    [InlineData("123456789S")]
    public void Other_timeouts_are_refused(string text) => GrpcTimeout.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_timeout_that_was_written_is_read_back_and_never_shorter()
    {
        foreach (var timeout in new[]
        {
            TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1.5), TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(100),
            TimeSpan.FromHours(27) + TimeSpan.FromTicks(1), TimeSpan.FromDays(365), TimeSpan.FromDays(365 * 1000),
        })
        {
            GrpcTimeout.TryParse(GrpcTimeout.Format(timeout), out var read).ShouldBeTrue(GrpcTimeout.Format(timeout));
            read.ShouldBeGreaterThanOrEqualTo(timeout);
            (read - timeout).ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        }

        GrpcTimeout.Format(TimeSpan.MaxValue).ShouldBe("99999999H");
    }

    [Fact]
    public void The_handshake_line_carries_a_certificate_in_base64_without_padding()
    {
        var line = new HandshakeLine(2, "unix", "/tmp/x", "grpc", [.. Enumerable.Repeat((byte)0xff, 100)]);
        var text = line.ToString();
        text.ShouldStartWith("1|2|unix|/tmp/x|grpc|////");
        text.ShouldNotContain("=");
        HandshakeLine.Parse(text).Certificate.ShouldBe(line.Certificate);
    }

    [Fact]
    public void A_short_sixth_field_and_a_seventh_are_passed_over()
    {
        HandshakeLine.Parse("1|2|unix|/tmp/x|grpc|old").Certificate.ShouldBeNull();
        HandshakeLine.Parse("1|2|unix|/tmp/x|grpc||true").Protocol.ShouldBe("grpc");
    }
}
