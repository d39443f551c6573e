namespace Aeos.Cli.CommandLine;

/// <summary>What is said to a person on stderr: one line each, nothing in it that a terminal would obey.</summary>
internal static class Report
{
    /// <summary>Two lines: what happened, and what to do.</summary>
    public static void Error(string cause, string remedy)
    {
        Console.Error.WriteLine($"aeos: {SafeText.Line(cause)}");
        Console.Error.WriteLine(SafeText.Line(remedy));
    }

    /// <summary>The work goes on, but somebody should look.</summary>
    public static void Warning(string text) => Console.Error.WriteLine($"warning: {SafeText.Line(text)}");

    /// <summary>Worth knowing.</summary>
    public static void Note(string text) => Console.Error.WriteLine(SafeText.Line(text));
}
