using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary><c>aeos uninstall</c>: takes the server out of a cluster.</summary>
internal static class UninstallCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var force = new Option<bool>("--force") { Description = "Do it without asking." };
        var wait = new Option<bool>("--wait") { Hidden = true, Description = "It always waits." };
        var command = new DocumentedCommand("uninstall", "Remove the backup server from a cluster. No backup is deleted.")
        {
            Notes =
            [
                "Removed: what aeos install made, and the resources of velero.io in that namespace: schedules and locations, too. Backups in a bucket stay, and are listed again by the next server.",
                "A Secret with a key stays, and the namespace with it, as with anything else that aeos did not make. So do definitions that another namespace uses.",
            ],
            Examples = ["aeos uninstall", "aeos uninstall --namespace aeos --force"],
        };
        cluster.AddTo(command);
        command.Add(force);
        command.Add(wait);
        command.SetAction(async (result, cancellationToken) =>
        {
            var ns = cluster.Namespace(result);
            if (!result.GetValue(force) && !Confirmation.Ask(
                $"You are about to uninstall Aeos from the namespace {ns}, with its schedules and locations. No backup in a bucket is deleted.", "Add --force to uninstall without being asked."))
            {
                return ExitCode.Done;
            }

            using var client = cluster.Connect(result);
            var report = await new ServerUninstaller(client, ns, TimeProvider.System).UninstallAsync(cancellationToken).ConfigureAwait(false);
            foreach (var removed in report.Removed)
            {
                Report.Note($"Removed: {removed}");
            }

            foreach (var left in report.Left)
            {
                Report.Note($"Left: {left}");
            }

            Report.Note("Aeos is uninstalled.");
            return ExitCode.Done;
        });
        return command;
    }
}
