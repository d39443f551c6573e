using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Aeos.Cli.Backups;
using Aeos.Cli.Completion;
using Aeos.Cli.Demo;
using Aeos.Cli.Install;
using Aeos.Cli.Keys;
using Aeos.Cli.Locations;
using Aeos.Cli.Messages;
using Aeos.Cli.Restores;
using Aeos.Cli.Schedules;
using Aeos.Cli.Server;
using Aeos.Cli.Stores;
using Aeos.Cli.Versions;

namespace Aeos.Cli.CommandLine;

/// <summary>The whole command line: parses it, runs the command, and turns what came of it into an exit code.</summary>
internal static class AeosCommand
{
    // No response files: an object's key may begin with an @.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // Signals and exceptions are dealt with here, so that every command behaves alike.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="needGrace">Told how long the command may take to end, where that is longer than others need.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>0 done, 1 failed or refused, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, Action<TimeSpan> needGrace, CancellationToken cancellationToken)
    {
        var result = Create().Parse(EmptyValues.Apart(args), Parsing);
        if (MistypedOption(result) is { } option)
        {
            return RefuseUsage(result, $"Unrecognized option '{option}'; behind -- it would be a name");
        }

        if (result.Action is null or ParseErrorAction)
        {
            return result.CommandResult.Command.Subcommands.Count > 0 && result.UnmatchedTokens.Count == 0 ? ShowCommands(result) : RefuseUsage(result);
        }

        if (result.CommandResult.Command is DocumentedCommand { Grace: { } grace })
        {
            needGrace(grace);
        }

        return await CommandOutcome.OfAsync(token => result.InvokeAsync(Invocation, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All commands, with what each takes.</summary>
    internal static RootCommand Create()
    {
        var root = new RootCommand("Client-side-encrypted Kubernetes backups: keys, messages, and the stores that hold them.")
        {
            KeygenCommand.Create(),
            EncryptCommand.Create(),
            DecryptCommand.Create(),
            InspectCommand.Create(),
            RestoreCommand.Create(),
            StoreCommand.Create(),
            BackupCommand.Create(),
            ScheduleCommand.Create(),
            BackupLocationCommand.Create(),
            ServerCommand.Create(),
            InstallCommand.Create(),
            UninstallCommand.Create(),
            DemoCommand.Create(),
            VersionCommand.Create(),
            CompletionCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new DocumentedHelp((SynchronousCommandLineAction)help.Action!);
        return root;
    }

    // A verb without the one that must follow it: its help says which there are.
    private static int ShowCommands(ParseResult result)
    {
        var help = (DocumentedHelp)result.RootCommandResult.Command.Options.OfType<HelpOption>().Single().Action!;
        help.Write(result, Console.Error);
        return ExitCode.WrongUsage;
    }

    // System.CommandLine takes an option that it does not know for an argument: "rm --force" would look for an object of that name.
    private static string? MistypedOption(ParseResult result) =>
        result.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
                .Select(token => token.Value).FirstOrDefault(text => text.Length > 1 && text[0] == '-');

    private static int RefuseUsage(ParseResult result) =>
        RefuseUsage(result, string.Join(" ", result.Errors.Select(error => UsageErrors.Text(error, result))).TrimEnd('.'));

    private static int RefuseUsage(ParseResult result, string cause)
    {
        var names = new List<string>();
        for (SymbolResult? symbol = result.CommandResult; symbol is not null; symbol = symbol.Parent)
        {
            if (symbol is CommandResult command)
            {
                names.Insert(0, command.Command is RootCommand ? "aeos" : command.Command.Name);
            }
        }

        var path = string.Join(' ', names);
        Report.Error(cause, $"Run \"{path} --help\" to see how \"{path}\" is used.");
        return ExitCode.WrongUsage;
    }
}
