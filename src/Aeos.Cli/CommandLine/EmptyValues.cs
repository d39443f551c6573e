namespace Aeos.Cli.CommandLine;

/// <summary>
/// Takes <c>--flag=</c> apart into the flag and an empty value, as Go does: manifests write it so (<c>--features=</c>, <c>--metrics-address=</c>), and
/// System.CommandLine would ask for the value.
/// </summary>
internal static class EmptyValues
{
    public static string[] Apart(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        return [.. args.SelectMany((argument, i) => IsEmpty(argument) && (end < 0 || i < end) ? [argument[..^1], ""] : (string[])[argument])];
    }

    private static bool IsEmpty(string argument) => argument.Length > 3 && argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) == argument.Length - 1;
}
