using Aeos.Kubernetes.Errors;

namespace Aeos.Cli.CommandLine;

/// <summary>The boundary between the work and the person: every failure becomes two lines on stderr and an exit code, never a stack trace.</summary>
internal static class CommandOutcome
{
    /// <summary>Runs the work; a failure is reported here.</summary>
    /// <returns>The work's exit code, or the failure's.</returns>
    public static async Task<int> OfAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Report.Error("interrupted before the work was done", "Run the command again: what was half-written was removed, except from pipes and devices; what a restore has applied stays.");
            return ExitCode.Failed;
        }
        catch (UsageException refusal)
        {
            Report.Error(refusal.Cause, refusal.Remedy);
            return ExitCode.WrongUsage;
        }
        catch (Exception failure)
        {
            var (cause, remedy) = Describe(failure);
            Report.Error(cause, remedy);
            return ExitCode.Failed;
        }
    }

    private static (string Cause, string Remedy) Describe(Exception failure) => failure switch
    {
        AeosException aeos => (aeos.Cause, aeos.Remedy),
        KubernetesException cluster => (cluster.Cause, cluster.Remedy),
        FileNotFoundException or DirectoryNotFoundException => (Sentence(failure), "Check the path: it is taken relative to the folder that you are in."),
        UnauthorizedAccessException => (Sentence(failure), "Check the permissions of the file and of its folder, and that it is no folder itself."),
        IOException => (Sentence(failure), "Check that the disk has room and that both ends of a pipe are there, and run the command again."),
        _ => ($"defect in aeos: {failure.GetType().Name}: {Sentence(failure)}", "Please report the command, these two lines and the output of \"aeos --version\"."),
    };

    private static string Sentence(Exception failure) => failure.Message.TrimEnd('.');
}
