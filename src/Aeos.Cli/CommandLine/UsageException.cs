namespace Aeos.Cli.CommandLine;

/// <summary>The command line asks for what cannot be: exit code 2.</summary>
internal sealed class UsageException(string cause, string remedy) : AeosException(cause, remedy)
{
    /// <summary>Reads a value of the command line: what is wrong with it is wrong usage.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    public static T Instead<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AeosException refusal)
        {
            throw new UsageException(refusal.Cause, refusal.Remedy);
        }
    }
}
