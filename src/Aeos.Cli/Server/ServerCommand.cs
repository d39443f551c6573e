using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server;

namespace Aeos.Cli.Server;

/// <summary><c>aeos server</c>: the backup server, in a pod or outside of the cluster.</summary>
internal sealed class ServerCommand
{
    // What its pod has: 25 s for the work, 5 s to give the Lease up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly ClusterOptions _cluster = new();
    private readonly ServerEncryptionFlags _encryption = new();
    private readonly ServerWorkFlags _work = new();
    private readonly ServerDownloadFlags _downloads = new();
    private readonly ServerLogFlags _log = new();
    private readonly Options.UnusedFlags _unused = UnusedServerFlags.Create();

    public static Command Create() => new ServerCommand().Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("server", "Run the backup server over the velero.io resources of one namespace.")
        {
            Notes =
            [
                "\"aeos install\" runs it in the cluster. Flags of \"velero server\" that have nothing to do here are taken with a warning.",
                "Exit code 0 after SIGTERM, when what was under way has said its end; 1 when it cannot begin or has lost its Lease.",
            ],
            Grace = Grace,
            Examples = ["aeos server --features EnableEncryption --encryption-secret backup-key --require-encryption"],
        };
        _cluster.AddWithRatesTo(command);
        _encryption.AddTo(command);
        _work.AddTo(command);
        _downloads.AddTo(command);
        _log.AddTo(command);
        _unused.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = _downloads.Read(result, _work.Read(result, _encryption.Read(result, new ServerOptions { Namespace = _cluster.Namespace(result) })));
        var rates = _cluster.Rates(result);
        options = options with { ClientQps = rates.Qps, ClientBurst = rates.Burst, ClientPageSize = rates.PageSize };
        if (Environment.GetEnvironmentVariable("POD_NAME") is { Length: > 0 } pod)
        {
            options = options with { PodName = pod, Identity = pod };
        }

        UsageException.Instead(options.Checked);
        using var logs = _log.Open(result);
        _unused.Check(result);
        try
        {
            await new BackupServer(_cluster.Connection(result), options, logs, TimeProvider.System).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop, and stopped.
        }

        return ExitCode.Done;
    }
}
