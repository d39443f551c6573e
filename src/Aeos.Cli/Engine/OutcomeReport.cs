using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>The errors and warnings of a backup or a restore that has just ended, on stderr: the first of them, and how many more there are.</summary>
internal static class OutcomeReport
{
    private const int Shown = 20;

    public static void Write(OperationResults results, string details)
    {
        Write(results.Errors, "error", details);
        Write(results.Warnings, "warning", details);
    }

    private static void Write(ResultMessages messages, string kind, string details)
    {
        foreach (var (heading, message) in MessageHeadings.Of(messages).Take(Shown))
        {
            Report.Note($"{kind}: {heading}: {message}");
        }

        if (messages.Count > Shown)
        {
            Report.Note($"... and {messages.Count - Shown} {kind}s more: {details}");
        }
    }
}
