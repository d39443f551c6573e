using System.CommandLine;
using System.Text;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Locations;

/// <summary><c>aeos backup-location create</c>.</summary>
internal sealed class BackupLocationCreateCommand
{
    private readonly NameArgument _name = NameArgument.Required("location");
    private readonly Option<string> _provider = new("--provider") { HelpName = "NAME", Required = true, Description = "The kind of store, such as aeos.io/azure." };
    private readonly Option<string> _bucket = new("--bucket") { HelpName = "NAME", Required = true, Description = "The bucket, or container." };
    private readonly Option<string?> _prefix = new("--prefix") { HelpName = "PREFIX", Description = "What the keys of all objects begin with." };
    private readonly PairsOption _config = new("--config", '=', "KEY=VALUE", "The provider's settings.");
    private readonly CredentialOption _credential = new();
    private readonly Option<string> _access = new("--access-mode") { DefaultValueFactory = static _ => LocationAccess.ReadWrite, Description = "ReadOnly: nothing is written there or deleted." };
    private readonly SwitchOption _default = new("--default", "Whether it is for backups that name none.");
    private readonly DurationOption _sync = new("--backup-sync-period", "How often backups are looked for in the bucket; 0s: never. Absent: as the server has it.", allowsZero: true);
    private readonly DurationOption _validation = new("--validation-frequency", "How often the location is checked; 0s: never. Absent: as the server has it.", allowsZero: true);
    private readonly Option<string?> _authorities = new("--cacert") { HelpName = "FILE", Description = "Certificate authorities of the store's server, PEM." };
    private readonly PairsOption _labels = new("--labels", '=', "KEY=VALUE", "Labels of the location.");
    private readonly ClusterOptions _cluster = new();
    private readonly Option<string?> _format = ListingFormatOption.Create();

    public static Command Create() => new BackupLocationCreateCommand().Build();

    private DocumentedCommand Build()
    {
        _access.AcceptOnlyFromAmong(LocationAccess.ReadWrite, LocationAccess.ReadOnly);
        var command = new DocumentedCommand("create", "Tell the server of a bucket.")
        {
            Notes = ["-o json and -o yaml print what would be made and do nothing, as Velero's client does: what they print can be given to --location."],
            Examples =
            [
                "aeos backup-location create default --provider aeos.io/azure --bucket backups --config storageAccount=ACCOUNT --credential cloud-credentials=cloud --default",
                "aeos backup-location create old --provider aeos.io/azure --bucket old-backups --access-mode ReadOnly -o yaml",
            ],
        };
        command.Add(_name);
        foreach (var option in (Option[])[_provider, _bucket, _prefix, _config])
        {
            command.Add(option);
        }

        _credential.AddTo(command);
        foreach (var option in (Option[])[_access, _default, _sync, _validation, _authorities, _labels])
        {
            command.Add(option);
        }

        _cluster.AddTo(command);
        command.Add(_format);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var location = await ReadAsync(result, cancellationToken).ConfigureAwait(false);
        if (ListingFormatOption.Read(result, _format) is var format and not ListingFormat.Text)
        {
            await Console.Out.WriteAsync(DocumentText.Of([location], format)).ConfigureAwait(false);
            return ExitCode.Done;
        }

        using var resources = new ServerResources(_cluster.Connect(result), _cluster.Namespace(result));
        if (location.Spec.Default == true)
        {
            await DefaultLocations.CheckAsync(resources, location.Metadata.Name, cancellationToken).ConfigureAwait(false);
        }

        await resources.Of(VeleroTypes.BackupStorageLocations).CreateAsync(location, cancellationToken).ConfigureAwait(false);
        Console.Out.WriteLine($"Location {location.Metadata.Name} created. The server checks it: see \"aeos backup-location get\".");
        return ExitCode.Done;
    }

    private async Task<BackupStorageLocationDocument> ReadAsync(ParseResult result, CancellationToken cancellationToken) => new()
    {
        Metadata = new DocumentMetadata { Name = _name.Read(result), Namespace = _cluster.Namespace(result), Labels = _labels.Read(result) },
        Spec = new BackupStorageLocationSpec
        {
            Provider = Named(result, _provider),
            ObjectStorage = new ObjectStorageLocation
            {
                Bucket = Named(result, _bucket),
                Prefix = result.GetValue(_prefix) is { Length: > 0 } prefix ? prefix : null,
                CaCert = result.GetValue(_authorities) is { } path
                    ? Convert.ToBase64String(Encoding.UTF8.GetBytes(await CertificateFile.ReadAsync(path, _authorities.Name, cancellationToken).ConfigureAwait(false))) : null,
            },
            Config = _config.Read(result),
            Credential = _credential.Read(result),
            Default = _default.Read(result) == true ? true : null,
            AccessMode = result.GetValue(_access),
            BackupSyncPeriod = Text(_sync.Read(result)),
            ValidationFrequency = Text(_validation.Read(result)),
        },
    };

    private static string Named(ParseResult result, Option<string> option) => result.GetRequiredValue(option) is { Length: > 0 } name ? name
        : throw new UsageException($"the name in {option.Name} is empty", "Perhaps a variable on the command line is empty.");

    private static string? Text(TimeSpan? duration) => duration is { } time ? DurationText.Format(time) : null;
}
