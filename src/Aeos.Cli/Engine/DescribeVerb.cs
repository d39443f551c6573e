using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>describe</c> have in common: names, <c>--details</c>, the output's format, and where to look.</summary>
internal static class DescribeVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="what">What is described, such as <c>backup</c>.</param>
    /// <param name="details">The help of <c>--details</c>.</param>
    /// <param name="find">Finds those that are named, or all.</param>
    /// <param name="describe">Describes one, with details or without.</param>
    public static Command Create<TResource>(
        DocumentedCommand command,
        string what,
        string details,
        Func<OpenedBucket, IReadOnlyList<string>, CancellationToken, Task<FoundResources<TResource>>> find,
        Func<OpenedBucket, TResource, bool, CancellationToken, Task<Description>> describe)
        where TResource : IListedDocument
    {
        var names = NamesArgument.SomeOrAll(what);
        var withDetails = new Option<bool>("--details") { Description = details };
        var format = ListingFormatOption.Create();
        var bucketOptions = new BucketOptions();
        command.Add(names);
        command.Add(withDetails);
        command.Add(format);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = names.Read(result);
            return bucketOptions.RunAsync(
                result,
                async bucket =>
                {
                    var found = await find(bucket, wanted, cancellationToken).ConfigureAwait(false);
                    return await found.DescribeAsync(
                        ListingFormatOption.Read(result, format), resource => describe(bucket, resource, result.GetValue(withDetails), cancellationToken)).ConfigureAwait(false);
                },
                cancellationToken);
        });
        return command;
    }
}
