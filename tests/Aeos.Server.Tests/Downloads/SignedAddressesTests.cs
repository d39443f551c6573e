using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Downloads.Addresses;

namespace Aeos.Server.Tests.Downloads;

public sealed class SignedAddressesTests : IDisposable
{
    private static readonly DownloadAddress Log = new("default", "velero", "backups/nightly-1/nightly-1-logs.gz");

    private readonly AddressSigner _signer = new(new byte[AddressSigner.KeyLength]);
    private readonly ManualTime _time = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void An_address_is_good_for_ten_minutes()
    {
        var addresses = Under("https://aeos-downloads.velero.svc:8443");
        var target = TargetOf(addresses.Create(Log));

        _time.Advance(TimeSpan.FromSeconds(599));
        addresses.Verify(target).ShouldBe(Log);

        _time.Advance(TimeSpan.FromSeconds(1));
        addresses.Verify(target).ShouldBeNull();
    }

    [Fact]
    public void An_address_that_would_be_good_for_longer_is_none_though_its_signature_is_right()
    {
        var addresses = Under("https://aeos-downloads.velero.svc:8443");
        var longest = (_time.GetUtcNow() + SignedAddresses.Lifetime + SignedAddresses.ClockSkew).ToUnixTimeSeconds();

        addresses.Verify(Signed(longest)).ShouldBe(Log);
        addresses.Verify(Signed(longest + 1)).ShouldBeNull();
        addresses.Verify(Signed(long.MaxValue)).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://backup.example.org")]
    [InlineData("https://backup.example.org:444/")]
    [InlineData("https://backup.example.org/aeos/downloads/")]
    public void An_address_is_under_the_address_of_the_endpoint(string url)
    {
        var address = Under(url).Create(Log);

        address.ShouldStartWith(url.TrimEnd('/') + "/v1/default/velero/backups/nightly-1/nightly-1-logs.gz?expires=");
        new Uri(address).AbsoluteUri.ShouldBe(address);
        Under(url).Verify(TargetOf(address)).ShouldBe(Log);
    }

    [Fact]
    public void A_proxy_may_take_the_path_of_the_endpoints_address_away()
    {
        var addresses = Under("https://backup.example.org/aeos");
        var target = TargetOf(addresses.Create(Log));

        target.ShouldStartWith("/aeos/v1/");
        addresses.Verify(target["/aeos".Length..]).ShouldBe(Log);
    }

    [Fact]
    public void Names_that_have_to_be_escaped_come_back_as_they_were()
    {
        var addresses = Under("https://aeos-downloads.velero.svc:8443");
        var odd = new DownloadAddress("a b", "ü/?&", "backups/x%2F/=+#.gz");

        addresses.Verify(TargetOf(addresses.Create(odd))).ShouldBe(odd);
    }

    [Fact]
    public void Any_changed_removed_or_added_character_makes_it_no_address()
    {
        var addresses = Under("https://aeos-downloads.velero.svc:8443");
        var target = TargetOf(addresses.Create(Log));
        const string Others = "abAZ019/.-_=&?%+ \u00e9";

        for (var at = 0; at <= target.Length; at++)
        {
            foreach (var other in Others)
            {
                addresses.Verify(target.Insert(at, $"{other}")).ShouldBeNull();
                if (at < target.Length && target[at] != other)
                {
                    addresses.Verify($"{target[..at]}{other}{target[(at + 1)..]}").ShouldBeNull();
                }
            }

            if (at < target.Length)
            {
                addresses.Verify(target.Remove(at, 1)).ShouldBeNull();
                addresses.Verify(target[..at]).ShouldBeNull();
            }
        }

        addresses.Verify(target).ShouldBe(Log);
    }

    private SignedAddresses Under(string url) => new(_signer, new Uri(url), _time);

    private string Signed(long expires) => AddressPath.Write(Log, expires, _signer.Sign(Log, expires));

    private static string TargetOf(string address) => address[new Uri(address).GetLeftPart(UriPartial.Authority).Length..];
}
