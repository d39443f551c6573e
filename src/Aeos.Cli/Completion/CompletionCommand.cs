using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Completion;

/// <summary><c>aeos completion</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new DocumentedCommand("completion", "Print a script that makes a shell complete commands, options and names.")
        {
            Notes =
            [
                "The script asks aeos, which has to be in the PATH, at each press of the key. Names of backups, restores, schedules and locations come from the cluster, if it answers within two seconds.",
                "zsh needs \"autoload -U compinit; compinit\" before it. In fish: aeos completion fish | source",
            ],
            Examples = ["aeos completion bash > /etc/bash_completion.d/aeos", "source <(aeos completion bash)", "aeos completion zsh > \"${fpath[1]}/_aeos\"", "aeos completion fish > ~/.config/fish/completions/aeos.fish"],
        };
        command.Add(shell);
        command.SetAction(result =>
        {
            Console.Out.Write(CompletionScript.For(result.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }
}
