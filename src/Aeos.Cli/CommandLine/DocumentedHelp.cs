using System.CommandLine;
using System.CommandLine.Invocation;

namespace Aeos.Cli.CommandLine;

/// <summary>System.CommandLine's help, then the command's notes and examples.</summary>
internal sealed class DocumentedHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult, parseResult.InvocationConfiguration.Output);
        return ExitCode.Done;
    }

    /// <summary>Writes the help of the command that was typed.</summary>
    public void Write(ParseResult parseResult, TextWriter output)
    {
        parseResult.InvocationConfiguration.Output = output;
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            WriteSection(command.Notes, "Notes:", output);
            WriteSection(command.Examples, "Examples:", output);
        }
    }

    private static void WriteSection(IReadOnlyList<string> lines, string title, TextWriter output)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.WriteLine(title);
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
