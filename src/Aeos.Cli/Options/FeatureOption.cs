using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Velero's <c>--features</c>.</summary>
internal sealed class FeatureOption : EntriesOption
{
    /// <summary>The proposal's: encrypt.</summary>
    public const string Encryption = "EnableEncryption";

    /// <summary>Velero's: all API versions of a type.</summary>
    public const string ApiGroupVersions = "EnableAPIGroupVersions";

    private readonly string[] _known;

    /// <param name="description">The help.</param>
    /// <param name="known">The features that the command knows.</param>
    public FeatureOption(string description, params string[] known)
        : base("--features", "NAME", description) => _known = known;

    /// <summary>The features that are on.</summary>
    /// <exception cref="UsageException">One is not known.</exception>
    public IReadOnlyList<string> Read(ParseResult result)
    {
        var features = Entries(result).ToList();
        return features.Find(feature => !_known.Contains(feature, StringComparer.Ordinal)) is { } unknown
            ? throw new UsageException($"there is no feature \"{unknown}\" here", $"Known: {string.Join(", ", _known)}.")
            : features;
    }
}
