namespace Aeos.Cli.CommandLine;

/// <summary>How a listing is written.</summary>
internal enum ListingFormat
{
    /// <summary>For people, escaped for a terminal.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>YAML.</summary>
    Yaml,
}
