using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server;

namespace Aeos.Cli.Server;

/// <summary>The flags of the server's download endpoint.</summary>
internal sealed class ServerDownloadFlags
{
    private readonly Option<string> _address = new("--download-address")
    {
        HelpName = "ADDRESS",
        DefaultValueFactory = static _ => ":8443",
        Description = "Where encrypted objects can be downloaded, decrypted, over HTTPS; empty: nowhere.",
    };

    private readonly Option<string?> _url = new("--download-url")
    {
        HelpName = "URL",
        Description = "The address that clients reach --download-address under. Default: that of the Service aeos-downloads in the cluster.",
    };

    private readonly Option<string?> _certificate = new("--download-certificate-file") { HelpName = "FILE", Description = "The endpoint's certificate, PEM. Default: one of the server's own, kept in a Secret." };
    private readonly Option<string?> _key = new("--download-key-file") { HelpName = "FILE", Description = "Its private key, PEM." };
    private readonly SwitchOption _archives = new("--download-archives", "Whether archives can be downloaded too, decrypted. Default: false.");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_address, _url, _certificate, _key, _archives])
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what the server is told.</summary>
    /// <exception cref="UsageException">The URL is none.</exception>
    public ServerOptions Read(ParseResult result, ServerOptions options) => options with
    {
        DownloadAddress = result.GetRequiredValue(_address),
        DownloadUrl = result.GetValue(_url) is not { Length: > 0 } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new UsageException($"\"{text}\" in {_url.Name} is no URL", "Write it as in https://downloads.example.com."),
        DownloadCertificateFile = result.GetValue(_certificate),
        DownloadKeyFile = result.GetValue(_key),
        DownloadArchives = _archives.Read(result) ?? false,
    };
}
