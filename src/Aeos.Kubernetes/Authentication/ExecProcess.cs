using System.ComponentModel;
using System.Diagnostics;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Authentication;

/// <summary>Runs an exec plugin once. Its stderr is the caller's, as with kubectl: that is where it asks people to log in.</summary>
internal sealed class ExecProcess(ExecPlugin plugin, TimeProvider time)
{
    private const int LongestOutput = 1024 * 1024;

    // client-go waits for ever; a plugin that hangs must not hang a backup. People who log in get the same time.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>What the plugin printed.</summary>
    /// <exception cref="KubernetesException">It could not be run, failed, or ran for too long.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(CancellationToken cancellationToken)
    {
        var interactive = IsInteractive();
        using var timer = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var process = Start(interactive);
        try
        {
            if (!interactive)
            {
                process.StandardInput.Close();
            }

            var output = await ReadAsync(process.StandardOutput.BaseStream, either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? output : throw Refuse($"failed with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Refuse($"did not end within {Timeout.TotalMinutes:0} minutes");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private bool IsInteractive()
    {
        var isTerminal = !Console.IsInputRedirected;
        return plugin.InteractiveMode switch
        {
            InteractiveMode.Never => false,
            InteractiveMode.Always => isTerminal ? true : throw new KubernetesException(
                $"{plugin.Origin}: the exec plugin {plugin.Command} wants a terminal (interactiveMode: Always), and standard input is none",
                "Run the command in a terminal, or use a user whose plugin needs none."),
            _ => isTerminal,
        };
    }

    private Process Start(bool interactive)
    {
        var start = new ProcessStartInfo(CommandPath.Find(plugin.Command) ?? throw Missing())
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = !interactive,
            UseShellExecute = false,
        };
        foreach (var argument in plugin.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ExecMessages.EnvironmentVariable] = ExecMessages.Request(plugin, interactive);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw Refuse($"cannot be started: {failure.Message}");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stdout, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var piece = new byte[4096];
        int count;
        while ((count = await stdout.ReadAsync(piece, cancellationToken)) > 0)
        {
            output.Write(piece, 0, count);
            if (output.Length > LongestOutput)
            {
                throw Refuse($"printed more than {LongestOutput} bytes");
            }
        }

        return output.ToArray();
    }

    private KubernetesException Missing()
    {
        // The hint comes from a file: nothing in it may reach a terminal as a control sequence.
        var hint = new string([.. plugin.InstallHint.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))]).Trim();
        return new KubernetesException(
            $"{plugin.Origin}: the exec plugin {plugin.Command} was not found, or may not be executed",
            hint.Length == 0 ? "Install the command, or put its folder on PATH." : hint);
    }

    private KubernetesException Refuse(string rule) => new(
        $"{plugin.Origin}: the exec plugin {plugin.Command} {rule}",
        "Run the command by hand and look at what it prints; it may need a login.");
}
