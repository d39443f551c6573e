using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>describe</c> have in common: names, <c>--details</c>, the output's format, and where to look.</summary>
internal static class DescribeVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="names">Its argument.</param>
    /// <param name="details">The help of <c>--details</c>.</param>
    /// <param name="find">Finds those that are named, or all.</param>
    /// <param name="describe">Describes one, with details or without.</param>
    public static Command Create<TResource>(
        DocumentedCommand command,
        Argument<string[]> names,
        string details,
        Func<OpenedBucket, IReadOnlyList<string>, CancellationToken, Task<FoundResources<TResource>>> find,
        Func<OpenedBucket, TResource, bool, CancellationToken, Task<Description>> describe)
        where TResource : IListedDocument
    {
        var withDetails = new Option<bool>("--details") { Description = details };
        var format = ListingFormatOption.Create();
        var bucketOptions = new BucketOptions();
        command.Add(names);
        command.Add(withDetails);
        command.Add(format);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => bucketOptions.RunAsync(
            result,
            async bucket =>
            {
                var found = await find(bucket, result.GetValue(names) ?? [], cancellationToken).ConfigureAwait(false);
                return await found.DescribeAsync(
                    ListingFormatOption.Read(result, format), resource => describe(bucket, resource, result.GetValue(withDetails), cancellationToken)).ConfigureAwait(false);
            },
            cancellationToken));
        return command;
    }
}
