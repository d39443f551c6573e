using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Stores;

/// <summary>The options that say which store is meant: a BackupStorageLocation's manifest, as the cluster has it.</summary>
internal sealed class LocationOptions
{
    private const string CredentialsSetting = "credentialsFile";

    private readonly Option<string?> _location;

    private readonly Option<string?> _credentials = new("--credentials")
    {
        HelpName = "FILE",
        Description = "A credentials file (lines NAME=value), in place of the manifest's credentialsFile.",
    };

    /// <summary>A location that has to be given, also as -l.</summary>
    public LocationOptions()
        : this(isRequired: true, "-l")
    {
    }

    private LocationOptions(bool isRequired, params string[] aliases) => _location = new("--location", aliases)
    {
        HelpName = "FILE",
        Required = isRequired,
        Description = "A BackupStorageLocation's manifest, YAML or JSON: the same that the cluster uses, for example from \"kubectl get backupstoragelocation NAME -n velero -o yaml\"."
            + (isRequired ? "" : " Absent: the cluster's resources are worked on, and the server there does the work."),
    };

    /// <summary>The credentials file.</summary>
    public Option Credentials => _credentials;

    /// <summary>A location in whose absence the server in the cluster is asked; -l is for labels there.</summary>
    public static LocationOptions ForVerbs() => new(isRequired: false);

    /// <summary>Whether a location is given.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_location) is not null;

    public void AddTo(Command command)
    {
        command.Add(_location);
        command.Add(_credentials);
    }

    /// <summary>Opens the location that the manifest describes.</summary>
    /// <exception cref="LocationRefusedException">The manifest, a setting, a credential or a key cannot be used.</exception>
    public async Task<Location> OpenAsync(ParseResult result, CancellationToken cancellationToken)
        => await Opener().OpenAsync(await SpecAsync(result, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Opens it without encryption, for the engine, which decides itself what is encrypted; it needs no key.</summary>
    /// <exception cref="LocationRefusedException">The manifest, a setting, a credential or a key cannot be used.</exception>
    public async Task<BareLocation> OpenBareAsync(ParseResult result, CancellationToken cancellationToken)
        => await Opener().OpenBareAsync(await SpecAsync(result, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Opens it so, to change what is in it, and says its name; empty when it has none.</summary>
    /// <exception cref="LocationRefusedException">It is read-only, or the manifest, a setting, a credential or a key cannot be used.</exception>
    public async Task<(BareLocation Bucket, string Name)> OpenWritableAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var spec = await SpecAsync(result, cancellationToken).ConfigureAwait(false);
        return spec.IsReadOnly
            ? throw new LocationRefusedException(
                $"the backup storage location {spec.Name} is in read-only mode (spec.accessMode)", "Name another location, or make this one ReadWrite.")
            : (await Opener().OpenBareAsync(spec, cancellationToken).ConfigureAwait(false), spec.Name);
    }

    private static LocationOpener Opener() => new(Environment.GetEnvironmentVariable, ReportLogger.Instance);

    private async Task<LocationSpec> SpecAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var path = result.GetValue(_location) ?? throw new UsageException("no location is given", "Name it with --location FILE.");
        var spec = BackupStorageLocationManifest.Parse(await ReadAsync(path, cancellationToken).ConfigureAwait(false), path);
        return result.GetValue(_credentials) is { } credentials
            ? spec with { Config = new Dictionary<string, string>(spec.Config) { [CredentialsSetting] = credentials } }
            : spec;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // "-" is standard input; of anything else, the words that InputFile has for missing inputs would not fit.
        if (path != "-" && FileKinds.Of(path) is FileKind.Missing or FileKind.Folder)
        {
            throw new LocationRefusedException(
                $"there is no file {path} to read the location from", "Give --location the file of a BackupStorageLocation's manifest.");
        }

        using var source = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(source.Stream);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
