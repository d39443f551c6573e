using System.CommandLine;
using Aeos.Cli.Backups;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Server.Schedules;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Schedules;

/// <summary><c>aeos schedule create</c>.</summary>
internal sealed class ScheduleCreateCommand
{
    private readonly NameArgument _name = NameArgument.Required("schedule");

    private readonly Option<string> _schedule = new("--schedule")
    {
        HelpName = "CRON",
        Required = true,
        Description = "When: minute, hour, day of the month, month, day of the week, in UTC, as in \"0 1 * * *\"; or \"@every 6h\".",
    };

    private readonly Option<bool> _owns = new("--use-owner-references-in-backup") { Description = "Make the schedule the owner of its backups: when it is deleted, so are they." };
    private readonly Option<bool> _paused = new("--paused") { Description = "Make it, and let it pause." };
    private readonly SwitchOption _skips = new("--skip-immediately", "Whether a first backup that is due at once is skipped. Absent: as the server has it.");
    private readonly BackupSpecOptions _spec = new();
    private readonly PairsOption _labels = new("--labels", '=', "KEY=VALUE", "Labels of the schedule, which its backups get.");
    private readonly PairsOption _annotations = new("--annotations", '=', "KEY=VALUE", "Annotations of the schedule, which its backups get.");
    private readonly FeatureOption _features = new($"{FeatureOption.Encryption}: its backups are encrypted, whatever the server's flags say.", FeatureOption.Encryption);
    private readonly Option<string?> _secret = new("--encryption-secret") { HelpName = "NAME", Description = "The Secret, in --namespace, whose key encrypts its backups. Absent: the server's." };
    private readonly ClusterOptions _cluster = new();
    private readonly Option<string?> _format = ListingFormatOption.Create();

    public static Command Create() => new ScheduleCreateCommand().Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("create", "Make a schedule, with what its backups are to have in them.")
        {
            Notes = ["--encryption-secret and --features EnableEncryption become its template's spec.encryption.", "-o json and -o yaml print what would be made and do nothing, as Velero's client does."],
            Examples =
            [
                "aeos schedule create nightly --schedule \"0 1 * * *\" --ttl 720h",
                "aeos schedule create shop --schedule \"@every 6h\" --include-namespaces shop --encryption-secret shop-key",
            ],
        };
        command.Add(_name);
        command.Add(_schedule);
        command.Add(_owns);
        command.Add(_paused);
        command.Add(_skips);
        _spec.AddTo(command);
        command.Add(_labels);
        command.Add(_annotations);
        command.Add(_features);
        command.Add(_secret);
        _cluster.AddTo(command);
        command.Add(_format);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var schedule = Read(result);
        if (ListingFormatOption.Read(result, _format) is var format and not ListingFormat.Text)
        {
            await Console.Out.WriteAsync(DocumentText.Of([schedule], format)).ConfigureAwait(false);
            return ExitCode.Done;
        }

        using var resources = new ServerResources(_cluster.Connect(result), _cluster.Namespace(result));
        if (schedule.Spec.Template.StorageLocation is { } location)
        {
            await resources.GetAsync(VeleroTypes.BackupStorageLocations, location, cancellationToken).ConfigureAwait(false);
        }

        await resources.CreateAsync(VeleroTypes.Schedules, schedule, static made => made.Spec.Template.Encryption, cancellationToken).ConfigureAwait(false);
        Console.Out.WriteLine($"Schedule {schedule.Metadata.Name} created.");
        return ExitCode.Done;
    }

    // With the annotation, so that no client can drop what is asked for before the server has seen it.
    private ScheduleDocument Read(ParseResult result) => TemplateEncryption.Keep(new ScheduleDocument
    {
        Metadata = new DocumentMetadata
        {
            Name = _name.Read(result),
            Namespace = _cluster.Namespace(result),
            Labels = _labels.Read(result),
            Annotations = _annotations.Read(result),
        },
        Spec = new ScheduleSpec
        {
            Schedule = result.GetRequiredValue(_schedule) is { Length: > 0 } cron ? cron : throw new UsageException("the time in --schedule is empty", "Give it as in \"0 1 * * *\" or \"@every 6h\"."),
            Template = _spec.Read(result) with { Encryption = new EncryptionSpecOptions(_features, _secret).Read(result) },
            UseOwnerReferencesInBackup = result.GetValue(_owns),
            Paused = result.GetValue(_paused) ? true : null,
            SkipImmediately = _skips.Read(result),
        },
    });
}
