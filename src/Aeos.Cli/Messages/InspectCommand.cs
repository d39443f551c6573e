using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Encryption;
using Aeos.Encryption.Messages;

namespace Aeos.Cli.Messages;

/// <summary><c>aeos inspect</c>: a message's header, without a key.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var input = new Argument<string?>("IN") { Arity = ArgumentArity.ZeroOrOne, Description = "The message. Absent or -: standard input." };
        var format = ListingFormatOption.Create();
        var command = new DocumentedCommand("inspect", "Show a message's header, without a key: which keys open it, and what it is bound to.")
        {
            Notes = ["Nothing that is shown is verified: without the key anybody could have written it. What is no message is named, with exit code 1."],
            Examples = ["aeos inspect nightly-1.tar.gz", "aeos inspect -o json < nightly-1.tar.gz"],
        };
        command.Add(input);
        command.Add(format);
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(input), ListingFormatOption.Read(result, format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? input, ListingFormat format, CancellationToken cancellationToken)
    {
        using var source = await InputFile.OpenAsync(input, cancellationToken).ConfigureAwait(false);
        var first = new byte[ContentGuess.Length];
        var count = await source.Stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (!ContentGuess.ClaimsToBeMessage(first.AsSpan(0, count)))
        {
            var (looks, remedy) = ContentGuess.Of(first.AsSpan(0, count));
            throw new MessageRefusedException($"{source.Name} is not an encrypted message: {looks}", remedy);
        }

        await using var whole = new PeekedStream(first.AsMemory(0, count), source.Stream);
        var header = await MessageHeader.ReadUnverifiedAsync(whole, cancellationToken).ConfigureAwait(false);
        HeaderListing.Write(header, format, Console.Out);
        return ExitCode.Done;
    }
}
