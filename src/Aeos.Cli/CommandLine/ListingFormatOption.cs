using System.CommandLine;

namespace Aeos.Cli.CommandLine;

/// <summary>The option <c>-o json|yaml</c> that every listing has.</summary>
internal static class ListingFormatOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("-o", "--output") { HelpName = "text|json|yaml", Description = "The listing's format. Default: text, with what a terminal would obey escaped." };

        // Velero's word for text is table.
        option.AcceptOnlyFromAmong("text", "table", "json", "yaml");
        return option;
    }

    public static ListingFormat Read(ParseResult result, Option<string?> option) => result.GetValue(option) switch
    {
        "json" => ListingFormat.Json,
        "yaml" => ListingFormat.Yaml,
        _ => ListingFormat.Text,
    };
}
