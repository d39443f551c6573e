using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Velero's <c>--ordered-resources</c>: <c>pods=ns1/pod1,ns1/pod2;persistentvolumes=pv4</c>.</summary>
internal sealed class OrderedResourcesOption : Option<string?>
{
    public OrderedResourcesOption()
        : base("--ordered-resources")
    {
        HelpName = "TYPE=NAME,...;...";
        Description = "Objects that come first, in this order, as in \"pods=ns1/pod1,ns1/pod2;persistentvolumes=pv4\".";
    }

    /// <summary>Names with commas between, by type; null when there are none.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public IReadOnlyDictionary<string, string>? Read(ParseResult result)
    {
        if (result.GetValue(this) is not { } text)
        {
            return null;
        }

        var orders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in text.Split(';'))
        {
            if (entry.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } type, { Length: > 0 } names] || !orders.TryAdd(type, names))
            {
                throw new UsageException($"\"{entry}\" in {Name} is no type with its objects, or the second of its type", $"Write it as {Name} \"pods=ns1/pod1,ns1/pod2;persistentvolumes=pv4\".");
            }
        }

        return orders;
    }
}
