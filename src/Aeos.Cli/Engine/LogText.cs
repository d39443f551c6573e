using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Engine;

/// <summary>A log for people.</summary>
internal static class LogText
{
    /// <summary>Prints it, each line made safe.</summary>
    /// <param name="open">Opens it, unpacked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It is not there, no key opens it, or it is no gzip.</exception>
    public static async Task PrintAsync(Task<Stream> open, CancellationToken cancellationToken)
    {
        await using var log = await open.ConfigureAwait(false);
        using var lines = new StreamReader(log);
        try
        {
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                await Console.Out.WriteLineAsync(SafeText.Line(line)).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException failure)
        {
            throw new AeosException("the log is not gzip", "It was damaged or put there by something else: look at it with \"aeos store get\".", failure);
        }
    }
}
