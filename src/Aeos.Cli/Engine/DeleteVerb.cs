using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>delete</c> have in common: names, the confirmation, and a line for each that went.</summary>
internal static class DeleteVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="what">What is deleted, such as <c>backup</c>.</param>
    /// <param name="lead">What stands before it in the question, such as <c>the records of </c>; or nothing.</param>
    /// <param name="trail">What stands behind the question; or nothing.</param>
    /// <param name="open">Opens the location.</param>
    /// <param name="delete">Deletes one, and says what went, such as <c>3 objects</c>.</param>
    public static Command Create(
        DocumentedCommand command,
        string what,
        string lead,
        string trail,
        Func<LocationOptions, ParseResult, CancellationToken, Task<BareLocation>> open,
        Func<IObjectStore, string, CancellationToken, Task<string>> delete)
    {
        var names = NamesArgument.Some(what);
        var (confirmation, location) = (new Confirmation(), new LocationOptions(hasShortName: false));
        command.Add(names);
        confirmation.AddTo(command);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var doomed = names.Read(result);
            if (!confirmation.IsGiven(result, $"About to delete {lead}{(doomed is [var one] ? $"the {what} {one}" : $"{doomed.Count} {what}s: {string.Join(", ", doomed)}")}.{trail}"))
            {
                return ExitCode.Failed;
            }

            await using var bucket = await open(location, result, cancellationToken).ConfigureAwait(false);
            foreach (var name in doomed)
            {
                var gone = await delete(bucket.Store, name, cancellationToken).ConfigureAwait(false);
                Console.Out.WriteLine($"{char.ToUpperInvariant(what[0])}{what[1..]} {name} deleted: {gone}.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
