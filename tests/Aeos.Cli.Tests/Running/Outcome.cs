using System.Text;

namespace Aeos.Cli.Tests.Running;

/// <summary>How a run of <c>aeos</c> ended.</summary>
internal sealed record Outcome(int ExitCode, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>The work was done, and nothing was said about it.</summary>
    public Outcome ShouldBeDone()
    {
        ExitCode.ShouldBe(0, Error);
        return this;
    }

    /// <summary>The work was refused: one line of cause and one of what to do, and no stack trace.</summary>
    public Outcome ShouldBeRefused(params string[] words) => ShouldEndWith(1, words);

    /// <summary>The command line was refused in the same form.</summary>
    public Outcome ShouldBeWrongUsage(params string[] words) => ShouldEndWith(2, words);

    private Outcome ShouldEndWith(int exitCode, string[] words)
    {
        ExitCode.ShouldBe(exitCode, Error);
        var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBe(2, Error);
        lines[0].ShouldStartWith("aeos: ");
        lines[1].ShouldEndWith(".");
        foreach (var word in words)
        {
            Error.ShouldContain(word, Case.Insensitive);
        }

        return this;
    }
}
