using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aeos.Server.Downloads.Addresses;

namespace Aeos.Server.Tests.Downloads;

public class AddressSignerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, AddressSigner.KeyLength).Select(static i => (byte)i)];

    [Fact]
    public void A_signature_is_the_one_that_Python_computes()
    {
        using var signer = new AddressSigner(Key);

        // hmac.new(bytes(range(32)), fields, hashlib.sha256), each field behind struct.pack(">I", len(field)), the expiry struct.pack(">q", 1767226200).
        signer.Sign(new("default", "velero-backups", "backups/nightly-1/nightly-1-logs.gz"), 1767226200)
            .ShouldBe("nOHUqs8hRVnz_SpkDDIOaErIiqGKKY-_Lw7wBamU1ck");
    }

    [Fact]
    public void A_signature_is_the_one_that_RFC_2104_describes()
    {
        using var signer = new AddressSigner(Key);
        var random = new Random(20260101);
        for (var i = 0; i < 500; i++)
        {
            var address = new DownloadAddress(Text(random), Text(random), Text(random));
            var expires = random.NextInt64();

            signer.Sign(address, expires).ShouldBe(ByHand(address, expires));
        }
    }

    [Fact]
    public void What_moves_from_one_field_into_the_next_makes_another_signature()
    {
        using var signer = new AddressSigner(Key);
        DownloadAddress[] alike = [new("ab", "c", "d"), new("a", "bc", "d"), new("a", "b", "cd"), new("abc", "", "d"), new("", "abc", "d"), new("abcd", "", "")];

        alike.Select(address => signer.Sign(address, 7)).Distinct().Count().ShouldBe(alike.Length);
    }

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(60)).Select(_ => "abc/é€-.\u4e2d"[random.Next(9)])]);

    private static string ByHand(DownloadAddress address, long expires)
    {
        byte[] seconds = new byte[8], length = new byte[4];
        BinaryPrimitives.WriteInt64BigEndian(seconds, expires);
        using var fields = new MemoryStream();
        foreach (var field in (byte[][])["v1"u8.ToArray(), Bytes(address.Location), Bytes(address.Bucket), Bytes(address.Key), seconds])
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            fields.Write(length);
            fields.Write(field);
        }

        byte[] block = [.. Key, .. new byte[64 - Key.Length]];
        var inner = SHA256.HashData([.. block.Select(static b => (byte)(b ^ 0x36)), .. fields.ToArray()]);
        return Base64Url.EncodeToString(SHA256.HashData([.. block.Select(static b => (byte)(b ^ 0x5c)), .. inner]));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
