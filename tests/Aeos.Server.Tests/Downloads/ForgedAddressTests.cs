using System.Net;
using System.Security.Cryptography;
using Aeos.Server.Downloads.Addresses;

namespace Aeos.Server.Tests.Downloads;

public class ForgedAddressTests
{
    private const int Requests = 100_000;
    private const int Clients = 8;

    private static readonly DownloadAddress[] There =
    [
        EndpointBench.Log,
        new("default", "velero", "backups/nightly-1/nightly-1-results.gz"),
        new("default", "velero", "restores/nightly-1/restore-nightly-1-logs.gz"),
        new("default", "other", "backups/nightly-1/nightly-1-logs.gz"),
        new("second", "velero", "backups/nightly-1/nightly-1-logs.gz"),
    ];

    [Fact]
    public async Task One_hundred_thousand_forged_expired_and_exchanged_signatures_are_refused_all_alike()
    {
        await using var bench = await EndpointBench.StartAsync();
        foreach (var address in There)
        {
            bench.Objects.Add(address, "content"u8.ToArray());
        }

        using var stranger = new AddressSigner(RandomNumberGenerator.GetBytes(AddressSigner.KeyLength));
        using var sample = await bench.GetAsync("/");
        var expected = await DescribeAsync(sample);
        expected.ShouldStartWith("403 ");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var random = new Random(client);
            for (var i = 0; i < Requests / Clients; i++)
            {
                var forged = Forge(bench, stranger, random, i);
                using var response = await bench.GetAsync(forged);
                (await DescribeAsync(response)).ShouldBe(expected, forged);
            }
        }));

        bench.Objects.Opened.ShouldBe(0);
        using var right = await bench.GetAsync(bench.Target(EndpointBench.Log));
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Metrics.ToText().ShouldContain($"aeos_download_requests_total{{result=\"refused\"}} {Requests + 1}\n");

        // One line for them all: the clock stood still.
        bench.Logger.Lines.Count(static line => line.Contains("refused", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static string Forge(EndpointBench bench, AddressSigner stranger, Random random, int turn)
    {
        var address = There[random.Next(There.Length)];
        var other = There.Where(candidate => candidate != address).ElementAt(random.Next(There.Length - 1));
        var now = bench.Time.GetUtcNow().ToUnixTimeSeconds();
        var expires = now + random.Next(1, 600);
        var signature = bench.Signer.Sign(address, expires);
        var right = AddressPath.Write(address, expires, signature);
        var path = right[..right.IndexOf('?', StringComparison.Ordinal)];
        return (turn % 20) switch
        {
            0 => AddressPath.Write(address, expires, Flipped(signature, random)),
            1 => AddressPath.Write(address, expires, stranger.Sign(address, expires)),
            2 => Written(bench.Signer, address, now - random.Next(0, 100_000)),
            3 => Written(bench.Signer, address, now + 661 + random.Next(0, 100_000)),
            4 => AddressPath.Write(address, expires + random.Next(1, 1000), signature),
            5 => AddressPath.Write(other, expires, signature),
            6 => AddressPath.Write(address, expires, bench.Signer.Sign(other, expires)),
            7 => AddressPath.Write(address with { Location = address.Location + "x" }, expires, signature),
            8 => AddressPath.Write(address with { Bucket = address.Bucket + "x" }, expires, signature),
            9 => AddressPath.Write(address with { Key = "backups/nightly-1/nightly-1.tar.gz" }, expires, signature),
            10 => right + $"&signature={signature}",
            11 => $"{path}?expires={expires}&expires={expires}&signature={signature}",
            12 => $"{path}?signature={signature}&expires={expires}",
            13 => $"{path}?expires={expires}",
            14 => path,
            15 => $"{path}?expires=0{expires}&signature={signature}",
            16 => right.Replace("/backups/", "/%62ackups/", StringComparison.Ordinal).Replace("/restores/", "/%72estores/", StringComparison.Ordinal),
            17 => right.Replace("/v1/", "/v2/", StringComparison.Ordinal),
            18 => AddressPath.Write(address, expires, signature[..random.Next(signature.Length)]),
            _ => right.Replace("/nightly-1/", "/x/../nightly-1/", StringComparison.Ordinal),
        };
    }

    private static string Written(AddressSigner signer, DownloadAddress address, long expires) => AddressPath.Write(address, expires, signer.Sign(address, expires));

    private static string Flipped(string signature, Random random)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var at = random.Next(signature.Length);
        return $"{signature[..at]}{Letters[(Letters.IndexOf(signature[at], StringComparison.Ordinal) + random.Next(1, Letters.Length)) % Letters.Length]}{signature[(at + 1)..]}";
    }

    // Everything that a client can see but the date.
    private static async Task<string> DescribeAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).Where(static header => header.Key != "Date");
        return $"{(int)response.StatusCode} {string.Join(", ", headers.Select(static header => $"{header.Key}={string.Join('|', header.Value)}"))} {await response.Content.ReadAsStringAsync()}";
    }
}
