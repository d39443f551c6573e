using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>
/// Binds an authority to names (RFC 5280, 4.2.1.10): with its key nobody can pass for another host, though people tell their clients to trust it.
/// </summary>
internal static class NameConstraints
{
    private const string Identifier = "2.5.29.30";

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag AddressAndMask = new(TagClass.ContextSpecific, 7);

    public static X509Extension For(CertificateNames names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            foreach (var name in names.Dns)
            {
                using var subtree = writer.PushSequence();
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
            }

            foreach (var address in names.Addresses)
            {
                using var subtree = writer.PushSequence();
                writer.WriteOctetString([.. address.GetAddressBytes(), .. Whole(address)], AddressAndMask);
            }
        }

        return new X509Extension(Identifier, writer.Encode(), critical: true);
    }

    private static byte[] Whole(IPAddress address)
    {
        var mask = new byte[address.AddressFamily == AddressFamily.InterNetwork ? 4 : 16];
        Array.Fill(mask, byte.MaxValue);
        return mask;
    }
}
