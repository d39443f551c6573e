using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Cluster;

/// <summary>Velero's flags about what the server hands out: whom to trust, and how long to wait for the address.</summary>
internal sealed class DownloadOptions
{
    /// <summary>How long an address is waited for, as with Velero.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    private readonly Option<string?> _authorities = new("--cacert")
    {
        HelpName = "FILE",
        Description = "Certificates to trust, PEM, besides the usual ones, the location's, and those in the Secret of the server's download endpoint where it may be read.",
    };

    private readonly SwitchOption _insecure = new("--insecure-skip-tls-verify", "Trust any certificate. Whoever is on the way can then read along, and put other bytes in its place.");
    private readonly DurationOption _timeout = new("--timeout", "How long the server is waited for. Default: 1m.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_authorities, _insecure, _timeout];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>How long the server is waited for.</summary>
    /// <exception cref="UsageException">It is no duration.</exception>
    public TimeSpan Timeout(ParseResult result) => _timeout.Read(result) ?? DefaultTimeout;

    /// <summary>Whom to trust.</summary>
    /// <exception cref="AeosException">The file holds no certificates.</exception>
    public async Task<DownloadTrust> ReadTrustAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var authorities = new X509Certificate2Collection();
        if (result.GetValue(_authorities) is { } path)
        {
            authorities.ImportFromPem(await CertificateFile.ReadAsync(path, _authorities.Name, cancellationToken).ConfigureAwait(false));
        }

        return new DownloadTrust(authorities, _insecure.Read(result) == true);
    }
}
