using System.CommandLine;
using System.Text;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Locations;

/// <summary><c>aeos backup-location set</c>.</summary>
internal sealed class BackupLocationSetCommand
{
    private readonly NameArgument _name = NameArgument.Required("location");
    private readonly CredentialOption _credential = new();
    private readonly SwitchOption _default = new("--default", "Whether it is for backups that name none.");
    private readonly Option<string?> _authorities = new("--cacert") { HelpName = "FILE", Description = "Certificate authorities of the store's server, PEM. Empty: only the usual ones." };
    private readonly ClusterOptions _cluster = new();

    public static Command Create() => new BackupLocationSetCommand().Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("set", "Change a location.")
        {
            Notes = ["What is not given stays as it is. (Velero's client takes the authorities away when --cacert is left out.)"],
            Examples = ["aeos backup-location set default --credential new-credentials=cloud", "aeos backup-location set old --default=false"],
        };
        command.Add(_name);
        _credential.AddTo(command);
        command.Add(_default);
        command.Add(_authorities);
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (name, isDefault, credential) = (_name.Read(result), _default.Read(result), _credential.Read(result));
        using var resources = new ServerResources(_cluster.Connect(result), _cluster.Namespace(result));
        var location = await resources.GetAsync(VeleroTypes.BackupStorageLocations, name, cancellationToken).ConfigureAwait(false);
        if (isDefault == true)
        {
            await DefaultLocations.CheckAsync(resources, name, cancellationToken).ConfigureAwait(false);
        }

        var storage = location.Spec.ObjectStorage ?? new ObjectStorageLocation();
        if (result.GetValue(_authorities) is { } path)
        {
            var pem = path.Length == 0 ? null : await CertificateFile.ReadAsync(path, _authorities.Name, cancellationToken).ConfigureAwait(false);
            storage = storage with { CaCert = pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)), CaCertRef = null };
        }

        var spec = location.Spec with { Default = isDefault ?? location.Spec.Default, Credential = credential ?? location.Spec.Credential, ObjectStorage = storage };
        await resources.Of(VeleroTypes.BackupStorageLocations).PatchAsync(location, location with { Spec = spec }, cancellationToken).ConfigureAwait(false);
        Console.Out.WriteLine($"Location {name} changed.");
        return ExitCode.Done;
    }
}
