using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Asks the server for a backup or a restore: writes the resource, and waits for its end where that is wanted.</summary>
/// <param name="resources">The resources.</param>
/// <param name="type">The type.</param>
/// <param name="read">Reads off how far the server is.</param>
internal sealed class ServerRequest<T>(ServerResources resources, ResourceType<T> type, Func<T, WorkState> read)
    where T : class, IListedDocument
{
    /// <summary>Writes it, or only shows what would be written, as Velero's client does with <c>-o</c>.</summary>
    /// <param name="wanted">The resource.</param>
    /// <param name="format">Whether and how it is shown instead.</param>
    /// <param name="waits">Whether its end is waited for.</param>
    /// <param name="outcome">A line about what came of it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code: 0 for a request that was taken, and for one that was waited for when it is Completed.</returns>
    public async Task<int> RunAsync(T wanted, ListingFormat format, bool waits, Func<T, string> outcome, CancellationToken cancellationToken)
    {
        if (format != ListingFormat.Text)
        {
            await Console.Out.WriteAsync(DocumentText.Of([wanted], format)).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var (what, name) = (ServerResources.Noun(type.Api), wanted.Metadata.Name);
        await resources.CreateAsync(type, wanted, static asked => (asked as BackupDocument)?.Spec.Encryption, cancellationToken).ConfigureAwait(false);
        Console.Out.WriteLine($"The {what} {name} was asked for.");
        if (!waits)
        {
            Console.Out.WriteLine($"See what became of it: aeos {what} describe {name}, and when it has ended aeos {what} logs {name}");
            return ExitCode.Done;
        }

        if (!Console.IsErrorRedirected)
        {
            Report.Note("Waiting for its end; Ctrl-C ends the waiting, and not the work.");
        }

        T ended;
        using (var progress = OperationProgress.Of(name))
        {
            ended = await new EndOfWork(progress, TimeProvider.System).AwaitAsync(resources.Of(type), name, read, cancellationToken).ConfigureAwait(false);
        }

        Console.Out.WriteLine(SafeText.Line(outcome(ended)));
        return read(ended).Phase == BackupPhase.Completed ? ExitCode.Done : ExitCode.Failed;
    }
}
