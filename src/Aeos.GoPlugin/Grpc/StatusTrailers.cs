using System.Globalization;
using System.Text;
using Aeos.GoPlugin.Protos;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Grpc;

/// <summary>How a status travels: <c>grpc-status</c>, <c>grpc-message</c> (percent-encoded UTF-8), <c>grpc-status-details-bin</c> (base64).</summary>
internal static class StatusTrailers
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Details = "grpc-status-details-bin";

    // Hosts bound the size of trailers (Go's at 16 MiB, .NET's at 64 KiB); a message of three bytes a byte must stay well below.
    private const int MostMessageBytes = 4 * 1024;
    private const int MostDetailBytes = 16 * 1024;

    /// <summary>The details as google.rpc.Status, or null when there are none, or more than trailers can carry.</summary>
    public static string? EncodeDetails(RpcException status)
    {
        if (status.Details.Count == 0)
        {
            return null;
        }

        var message = new Status { Code = (int)status.StatusCode, Message = status.Message };
        message.Details.Add(status.Details.Select(detail => detail as Any ?? Any.Pack(detail)));
        return message.CalculateSize() > MostDetailBytes ? null : Convert.ToBase64String(message.ToByteArray()).TrimEnd('=');
    }

    /// <summary>Details from the trailer's text; none when it cannot be read, since the status itself is what counts.</summary>
    public static IReadOnlyList<IMessage> DecodeDetails(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        try
        {
            var bytes = Convert.FromBase64String(text.TrimEnd('=').PadRight((text.TrimEnd('=').Length + 3) / 4 * 4, '='));
            return [.. Protos.Status.Parser.ParseFrom(bytes).Details];
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException)
        {
            return [];
        }
    }

    /// <summary>Percent-encodes what a header cannot carry.</summary>
    public static string EncodeMessage(string text)
    {
        var encoded = new StringBuilder(text.Length);
        var length = 0;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(bytes);
            if ((length += count) > MostMessageBytes)
            {
                return encoded.Append("...").ToString();
            }

            foreach (var b in bytes[..count])
            {
                if (b is >= 0x20 and <= 0x7e and not (byte)'%')
                {
                    encoded.Append((char)b);
                }
                else
                {
                    encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }
        }

        return encoded.ToString();
    }

    /// <summary>Undoes the percent-encoding; what is no valid escape stays as it is, as the specification asks.</summary>
    public static string DecodeMessage(string text) => Uri.UnescapeDataString(text);
}
