using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Files;
using Aeos.Cli.Keys;
using Aeos.Cli.Options;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary><c>aeos install</c>: puts the server into a cluster.</summary>
internal sealed class InstallCommand
{
    private readonly ClusterOptions _cluster = new();
    private readonly PodFlags _pod = new();
    private readonly LocationFlags _location = new();
    private readonly EncryptionFlags _encryption = new();
    private readonly ServerFlags _server = new();
    private readonly UnusedFlags _unused = UnusedVeleroFlags.Create();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be written, and ask no cluster." };
    private readonly Option<string?> _format = ListingFormatOption.Create();
    private readonly Option<bool> _definitions = new("--crds-only") { Description = "With --dry-run: show the definitions alone." };
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the server runs, up to five minutes." };

    public static Command Create() => new InstallCommand().Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("install", "Install the backup server into a cluster.")
        {
            Notes =
            [
                "It can be run again, with the same flags or others: what is as it shall be stays untouched. What aeos did not make is never changed.",
                "Beside a Velero, give it a namespace and a prefix of its own. Velero's definitions are used as they are.",
                "The flags of velero install that have nothing to do here are taken with a warning; those that ask for the data of volumes are refused.",
            ],
            Examples =
            [
                "aeos install --dry-run -o yaml",
                "aeos install --provider aeos.io/azure --bucket backups --secret-file credentials --backup-location-config storageAccount=ACCOUNT --generate-encryption-secret > backup.key",
                "aeos install --namespace aeos --provider aeos.io/azure --bucket backups --prefix aeos --secret-file credentials --encryption-secret backup-key --wait",
            ],
        };
        _cluster.AddTo(command);
        _pod.AddTo(command);
        _location.AddTo(command);
        _encryption.AddTo(command);
        _server.AddTo(command);
        command.Add(_dryRun);
        command.Add(_format);
        command.Add(_definitions);
        command.Add(_wait);
        _unused.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = new InstallationOptions { Namespace = _cluster.Namespace(result) };
        options = _server.Read(result, _encryption.Read(result, _pod.Read(result, options)));
        options = await _location.ReadAsync(result, options, cancellationToken).ConfigureAwait(false);
        _unused.Check(result);
        if (result.GetValue(_dryRun))
        {
            return Show(result, options);
        }

        if (result.GetValue(_format) is not null || result.GetValue(_definitions))
        {
            throw new UsageException("-o and --crds-only are for showing what would be written", "Add --dry-run.");
        }

        using var cluster = _cluster.Connect(result);
        await InstallAsync(cluster, options, result, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private int Show(ParseResult result, InstallationOptions options)
    {
        if (_encryption.Generates(result))
        {
            throw new UsageException(
                "a dry run makes no key, and --generate-encryption-secret asks for one",
                "Leave one of them away, or make the Secret yourself: aeos keygen -o secret --name NAME.");
        }

        var manifests = InstallationManifests.Of(options);
        if (result.GetValue(_definitions))
        {
            manifests = [.. manifests.Where(manifest => manifest.Kind == "CustomResourceDefinition")];
        }

        Console.Out.Write(InstallationListing.Of(manifests, ListingFormatOption.Read(result, _format)));
        return ExitCode.Done;
    }

    private async Task InstallAsync(KubernetesClient cluster, InstallationOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        var installer = new ServerInstaller(cluster, options, TimeProvider.System);
        var keptDefinitions = false;
        await installer.InstallAsync(
            done =>
            {
                keptDefinitions |= done is { Kind: "CustomResourceDefinition", Outcome: ApplyOutcome.Kept };
                Report.Note($"{done.Kind}/{done.Name} {Word(done.Outcome)}");
            },
            _encryption.Generates(result) ? token => GenerateAsync(cluster, options, token) : null,
            cancellationToken).ConfigureAwait(false);
        if (keptDefinitions)
        {
            Report.Warning(
                "the definitions of velero.io were there and stay as they are: Velero's drop status.encryption and spec.encryption. Whether a backup is encrypted is decided by its archive.");
        }

        if (options.Encryption is { } encryption && !await KeySecret.ExistsAsync(cluster, options.Namespace, encryption.Secret, cancellationToken).ConfigureAwait(false))
        {
            Report.Warning(
                $"the Secret {encryption.Secret} is not there: until it is, the server takes no backups. aeos keygen --from FILE -o secret --name {encryption.Secret} --namespace {options.Namespace} | kubectl apply -f -");
        }

        if (options.Location is null)
        {
            Report.Note("No location was made: give --provider and --bucket, or apply a BackupStorageLocation.");
        }

        if (result.GetValue(_wait))
        {
            Report.Note("Waiting for the server to run.");
            await installer.AwaitReadyAsync(cancellationToken).ConfigureAwait(false);
        }

        Report.Note($"Aeos is installed in the namespace {options.Namespace}. See what it does: kubectl -n {options.Namespace} logs deployment/aeos");
    }

    private static async Task GenerateAsync(KubernetesClient cluster, InstallationOptions options, CancellationToken cancellationToken)
    {
        var name = options.Encryption!.Secret;
        using var key = WrappingKey.Generate(256);
        if (!await KeySecret.CreateAsync(cluster, options.Namespace, name, key, cancellationToken).ConfigureAwait(false))
        {
            Report.Note($"Secret/{name} kept: no key was made");
            return;
        }

        Report.Note($"Secret/{name} created");
        using var line = KeyWriting.Line(key);
        await using var output = DirectOutput.OpenStandardOutput();
        await output.Stream.WriteAsync(line.Bytes, cancellationToken).ConfigureAwait(false);
        Report.Warning(
            $"the key {key.Name} was written to standard output, this once. Keep that line outside the cluster: when the cluster is lost, the Secret is lost with it, and without the key nobody opens the backups.");
    }

    private static string Word(ApplyOutcome outcome) => outcome switch
    {
        ApplyOutcome.Created => "created",
        ApplyOutcome.Configured => "configured",
        ApplyOutcome.Unchanged => "unchanged",
        _ => "kept: aeos did not make it",
    };
}
