using System.CommandLine;
using System.Reflection;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Versions;

/// <summary><c>aeos version</c>.</summary>
internal static class VersionCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var clientOnly = new Option<bool>("--client-only") { Description = "Only this program's." };
        var timeout = new DurationOption("--timeout", "How long the server is waited for. Default: 5s.");
        var cluster = new ClusterOptions();
        var command = new DocumentedCommand("version", "Print the versions of this program and of the server in the cluster.")
        {
            Notes = ["Exit code 1 when the server does not say its version."],
            Examples = ["aeos version", "aeos version --client-only"],
        };
        command.Add(clientOnly);
        command.Add(timeout);
        cluster.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var patience = timeout.Read(result) ?? DefaultTimeout;
            Console.Out.WriteLine($"Client:\n  Version: {Own()}");
            if (result.GetValue(clientOnly))
            {
                return ExitCode.Done;
            }

            using var resources = new ServerResources(cluster.Connect(result), cluster.Namespace(result));
            var status = await new ServerStatus(resources, TimeProvider.System).AskAsync(patience, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine($"Server:\n  Version: {SafeText.Line(status.ServerVersion ?? "")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Own() => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
