using System.CommandLine;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>logs</c> have in common.</summary>
internal static class LogsVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="type">Whose log it is.</param>
    /// <param name="open">Opens the log of the one that is named.</param>
    public static Command Create<T>(DocumentedCommand command, ResourceType<T> type, Func<IRecords, string, CancellationToken, Task<Stream>> open)
        where T : class, IListedDocument
    {
        var name = NameArgument.Required(ServerResources.Noun(type.Api));
        var options = new RecordOptions();
        command.Add(name);
        options.AddTo(command);
        options.Complete(name, type);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = name.Read(result);
            return options.RunAsync(
                result,
                async records =>
                {
                    await LogText.PrintAsync(open(records, wanted, cancellationToken), cancellationToken).ConfigureAwait(false);
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }
}
