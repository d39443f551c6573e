using System.Globalization;
using System.Net;
using Aeos.Encryption;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aeos.Server.Metrics;

/// <summary>Where a server listens, as Go writes it: <c>:8085</c> for every address of the host, <c>127.0.0.1:8085</c>, <c>[::1]:8085</c>, <c>localhost:8085</c>.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="flag">The flag that it came with, for the error.</param>
    /// <exception cref="AeosException">It is none.</exception>
    public static ListenAddress Parse(string text, string flag)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        host = host == "localhost" ? "127.0.0.1" : host;
        IPAddress? address = null;
        if (colon < 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || (host.Length > 0 && !IPAddress.TryParse(host, out address))
            || (host.Contains(':', StringComparison.Ordinal) && host[0] != '['))
        {
            throw new AeosException($"{flag} {Printable.Quote(text)} is not an address to listen on", "Give a port (:8085) or an IP address and a port (127.0.0.1:8085).");
        }

        return new ListenAddress(address, port);
    }

    /// <summary>Tells Kestrel.</summary>
    public void ApplyTo(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (Address is null)
        {
            kestrel.ListenAnyIP(Port, configure);
        }
        else
        {
            kestrel.Listen(Address, Port, configure);
        }
    }
}
