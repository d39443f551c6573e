using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Cli.Messages;

/// <summary>What <c>aeos encrypt</c> and <c>aeos decrypt</c> have in common on the command line.</summary>
internal sealed class MessageOptions
{
    private const string AesGcm = "aes-gcm";

    private readonly Option<string[]> _context;
    private readonly Option<string?> _format;

    public MessageOptions(string contextDescription)
    {
        _context = new Option<string[]>("--context") { HelpName = "KEY=VALUE", Description = contextDescription };
        _format = new Option<string?>("--format")
        {
            HelpName = $"message|{AesGcm}",
            Description = $"message: the AWS Encryption SDK's format (the default). {AesGcm}: nonce, ciphertext and tag, as the proposal's prototype wrote archives: bound to no name, up to 1 GiB, in memory.",
        };
        _format.AcceptOnlyFromAmong("message", AesGcm);
    }

    public KeyOptions Keys { get; } = new();

    public Option<string?> Output { get; } = new("-o", "--output")
    {
        HelpName = "OUT",
        Description = "The file to write; it appears whole or not at all, and may be IN. Absent or -: standard output. Pipes and devices are written directly.",
    };

    public Argument<string?> Input { get; } = new("IN")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The file to read. Absent or -: standard input.",
    };

    public void AddTo(Command command)
    {
        command.Add(Input);
        Keys.AddTo(command);
        command.Add(_context);
        command.Add(_format);
        command.Add(Output);
    }

    /// <summary>The format that was asked for.</summary>
    /// <exception cref="UsageException">It cannot carry a context, and one was given.</exception>
    public MessageFormat Format(ParseResult result)
    {
        if (result.GetValue(_format) != AesGcm)
        {
            return MessageFormat.Message;
        }

        return result.GetValue(_context) is { Length: > 0 }
            ? throw new UsageException($"the format {AesGcm} carries no context", "Leave --context away, or take the format message.")
            : MessageFormat.AesGcm;
    }

    /// <summary>The pairs that were given.</summary>
    /// <exception cref="UsageException">One is no pair.</exception>
    public EncryptionContext Context(ParseResult result)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in result.GetValue(_context) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UsageException($"the context \"{text}\" is not KEY=VALUE", "Write it as in --context object=backups/nightly-1/nightly-1.tar.gz.");
            }

            pairs.Add(new(text[..equals], text[(equals + 1)..]));
        }

        return EncryptionContext.Create(pairs);
    }
}
