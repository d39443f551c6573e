using System.CommandLine;

namespace Aeos.Cli.CommandLine;

/// <summary>Velero's <c>--confirm</c>: what cannot be undone is asked for on a terminal, and has to be confirmed elsewhere.</summary>
internal sealed class Confirmation
{
    private readonly Option<bool> _confirm = new("--confirm") { Description = "Do it without asking. Needed where no terminal is there to ask on." };

    public void AddTo(Command command) => command.Add(_confirm);

    /// <summary>Whether it may be done.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="what">What is about to be done: one sentence.</param>
    /// <exception cref="UsageException">Nobody is there to be asked.</exception>
    public bool IsGiven(ParseResult result, string what)
    {
        if (result.GetValue(_confirm))
        {
            return true;
        }

        return Ask(what, "Add --confirm to delete it.");
    }

    /// <summary>Asks on the terminal.</summary>
    /// <param name="what">What is about to be done: one sentence.</param>
    /// <param name="remedy">What to do where nobody can be asked.</param>
    /// <exception cref="UsageException">Nobody is there to be asked.</exception>
    public static bool Ask(string what, string remedy)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException("what is deleted cannot be had back", remedy);
        }

        Report.Note(what);
        while (true)
        {
            Console.Error.Write("Are you sure you want to continue (Y/N)? ");
            switch (Console.In.ReadLine()?.Trim())
            {
                case "y" or "Y":
                    return true;
                case null or "n" or "N":
                    return false;
            }
        }
    }
}
