using System.Globalization;

namespace Aeos.GoPlugin.Handshake;

/// <summary>The one line that a plugin prints to stdout: <c>CORE|APP|NETWORK|ADDRESS|PROTOCOL|CERTIFICATE</c>.</summary>
/// <param name="ProtocolVersion">The application protocol version that the plugin chose.</param>
/// <param name="Network"><c>unix</c> or <c>tcp</c>.</param>
/// <param name="Address">Path of the socket, or host and port.</param>
/// <param name="Protocol"><c>grpc</c> or <c>netrpc</c>; the latter also when the field is missing.</param>
/// <param name="Certificate">The server's certificate (DER) when the host asked for AutoMTLS.</param>
internal sealed record HandshakeLine(int ProtocolVersion, string Network, string Address, string Protocol, byte[]? Certificate)
{
    /// <summary>The version of the handshake itself: the only one that there has been.</summary>
    public const int CoreProtocolVersion = 1;

    /// <summary>go-plugin's own rule: the sixth field of some old plugins is something else, and short.</summary>
    private const int ShortestCertificateText = 51;

    /// <summary>Reads a line as hosts do.</summary>
    /// <exception cref="FormatException">It is no handshake line; the message says why.</exception>
    public static HandshakeLine Parse(string line)
    {
        var fields = line.Trim().Split('|');
        if (fields.Length < 4)
        {
            throw new FormatException("it is no handshake line: a plugin prints 1|VERSION|unix|PATH|grpc|… and nothing before it");
        }

        if (!TryParseNumber(fields[0], out var core) || core != CoreProtocolVersion)
        {
            throw new FormatException($"its core protocol version is \"{fields[0]}\", and only {CoreProtocolVersion} is known");
        }

        if (!TryParseNumber(fields[1], out var version))
        {
            throw new FormatException($"its protocol version \"{fields[1]}\" is no number");
        }

        var protocol = fields.Length > 4 ? fields[4] : "netrpc";
        byte[]? certificate = null;
        if (fields.Length > 5 && fields[5].Length >= ShortestCertificateText)
        {
            certificate = DecodeCertificate(fields[5]);
        }

        return new HandshakeLine(version, fields[2], fields[3], protocol, certificate);
    }

    /// <summary>The line without its newline. The sixth field is there even when it is empty, as Go plugins print it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{CoreProtocolVersion}|{ProtocolVersion}|{Network}|{Address}|{Protocol}|{EncodeCertificate(Certificate)}");

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // Go's RawStdEncoding: the standard alphabet without padding.
    private static string EncodeCertificate(byte[]? certificate) => certificate is null ? "" : Convert.ToBase64String(certificate).TrimEnd('=');

    private static byte[] DecodeCertificate(string text)
    {
        try
        {
            return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            throw new FormatException("its certificate is not base64");
        }
    }
}
