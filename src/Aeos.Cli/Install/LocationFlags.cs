using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary>The options about the bucket and its credentials, under <c>velero install</c>'s names. Without them, neither a location nor a Secret is made.</summary>
internal sealed class LocationFlags
{
    // As Kubernetes limits a Secret.
    private const int MaxFileBytes = 1024 * 1024;

    private readonly Option<string?> _provider = new("--provider") { HelpName = "NAME", Description = "The kind of store, such as aeos.io/azure." };
    private readonly Option<string?> _bucket = new("--bucket") { HelpName = "NAME", Description = "The bucket, or container. With it, a location named default is made." };
    private readonly Option<string?> _prefix = new("--prefix") { HelpName = "PREFIX", Description = "What the keys of all objects begin with. Needed beside a Velero." };
    private readonly PairsOption _config = new("--backup-location-config", '=', "KEY=VALUE", "The provider's settings.");
    private readonly Option<string?> _authorities = new("--cacert") { HelpName = "FILE", Description = "Certificate authorities of the store's server, PEM." };
    private readonly Option<string?> _secretFile = new("--secret-file") { HelpName = "FILE", Description = "The credentials file: it goes into the Secret cloud-credentials, which the server's pod gets." };
    private readonly Option<bool> _noSecret = new("--no-secret") { Description = "Make no Secret with credentials; that is so without --secret-file, too." };
    private readonly Option<bool> _noLocation = new("--no-default-backup-location") { Description = "Make no location; that is so without --bucket, too." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _provider, _bucket, _prefix, _config, _authorities, _secretFile, _noSecret, _noLocation })
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what is installed.</summary>
    /// <exception cref="UsageException">They do not go together.</exception>
    public async Task<InstallationOptions> ReadAsync(ParseResult result, InstallationOptions options, CancellationToken cancellationToken)
    {
        if (result.GetValue(_secretFile) is not null && result.GetValue(_noSecret))
        {
            throw new UsageException("--secret-file and --no-secret are given both", "Leave one of them away.");
        }

        return options with
        {
            Location = await ReadLocationAsync(result, cancellationToken).ConfigureAwait(false),
            Credentials = await ReadFileAsync(result, _secretFile, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<InstalledLocation?> ReadLocationAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var config = _config.Read(result);
        var bucket = result.GetValue(_bucket);
        if (bucket is null || result.GetValue(_noLocation))
        {
            var first = new[] { (_bucket.Name, bucket), (_provider.Name, result.GetValue(_provider)), (_prefix.Name, result.GetValue(_prefix)), (_config.Name, config is null ? null : "") }
                .FirstOrDefault(pair => pair.Item2 is not null).Item1;
            return first is null ? null : throw (result.GetValue(_noLocation)
                ? new UsageException($"{first} and {_noLocation.Name} are given both", "Leave one of them away.")
                : new UsageException($"{first} is given without {_bucket.Name}", "A location needs --provider and --bucket."));
        }

        if (bucket.Length == 0 || bucket[0] == '-')
        {
            throw new UsageException($"\"{bucket}\" in --bucket is no bucket's name", "Perhaps a variable on the command line is empty.");
        }

        return new InstalledLocation(
            result.GetValue(_provider) ?? throw new UsageException("--bucket is given without --provider", "Add --provider NAME, such as aeos.io/azure."),
            bucket,
            result.GetValue(_prefix)?.Trim('/') ?? "",
            config ?? new Dictionary<string, string>(),
            await ReadFileAsync(result, _authorities, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadFileAsync(ParseResult result, Option<string?> option, CancellationToken cancellationToken)
    {
        if (result.GetValue(option) is not { } path)
        {
            return null;
        }

        var length = new FileInfo(path).Length;
        return length <= MaxFileBytes ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
            : throw new UsageException($"the file in {option.Name} has {length} bytes, and Kubernetes takes 1 MiB at most", "Name the right file.");
    }
}
