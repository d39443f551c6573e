using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Downloads.Certificates;

namespace Aeos.Server.Tests.Downloads;

public class ServedCertificateTests
{
    private static readonly CertificateNames Names = CertificateNames.Of("aeos-downloads", "velero", new Uri("https://localhost"));

    [Fact]
    public async Task What_was_renewed_is_shown_within_an_hour_and_what_is_broken_is_not()
    {
        var (time, log, source) = (new ManualTime(), new LineLogger(), new Exchanged());
        await using var served = await ServedCertificate.LoadAsync(source, time, log, default);
        var first = served.Context;

        source.Fails = true;
        await Eventually.BecomesAsync(() => AfterAnHour(time, log.Lines), static lines => lines.Any(static line => line.Contains("it is gone", StringComparison.Ordinal)), "the warning");
        served.Context.ShouldBeSameAs(first);

        source.Fails = false;
        await Eventually.BecomesAsync(() => AfterAnHour(time, served.Context), context => context != first, "the other certificate");
    }

    private static T AfterAnHour<T>(ManualTime time, T seen)
    {
        time.Advance(TimeSpan.FromHours(1));
        return seen;
    }

    private sealed class Exchanged : ICertificateSource
    {
        public bool Fails { get; set; }

        public Task<System.Net.Security.SslStreamCertificateContext> LoadAsync(CancellationToken cancellationToken)
        {
            var issued = IssuedCertificate.Create(Names, DateTimeOffset.UtcNow);
            return Fails ? throw new AeosException("it is gone", "Bring it back.") : Task.FromResult(CertificatePem.Read(issued.Certificate, issued.Key, "memory"));
        }
    }
}
