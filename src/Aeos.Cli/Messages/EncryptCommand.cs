using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Cli.Messages;

/// <summary><c>aeos encrypt</c>.</summary>
internal static class EncryptCommand
{
    public static Command Create()
    {
        var options = new MessageOptions("A pair that travels in the message, readable by anybody and forgeable by nobody. May be given several times.");
        var command = new DocumentedCommand("encrypt", "Encrypt a file or a pipe.")
        {
            Notes =
            [
                "The format is the AWS Encryption SDK's (docs/message-format.md): other programs can decrypt it with the key.",
                "Memory does not grow with the input. On a terminal, work that takes longer than a second shows its progress on stderr.",
            ],
            Examples =
            [
                "aeos encrypt --key-file backup.key -o etcd.snapshot.aeos etcd.snapshot",
                "tar -cz /etc | aeos encrypt --key-file backup.key --context host=db-1 > etc.tar.gz.aeos",
            ],
        };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(options, result, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(MessageOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        var format = options.Format(result);
        var context = options.Context(result);
        var output = result.GetValue(options.Output);
        OutputFile.RefuseTerminal(output, "an encrypted message");
        using var keyring = await options.Keys.ReadAsync(result, cancellationToken).ConfigureAwait(false);
        if (format == MessageFormat.AesGcm && keyring.EncryptionKeys.Count > 1)
        {
            throw new UsageException("the format aes-gcm is for one key", "Give one --key-file.");
        }

        using var source = await InputFile.OpenAsync(result.GetValue(options.Input), cancellationToken).ConfigureAwait(false);
        await using var target = await OutputFile.OpenAsync(output, OutputContent.Ciphertext, cancellationToken).ConfigureAwait(false);
        if (format == MessageFormat.AesGcm)
        {
            await AesGcmBlob.EncryptAsync(source.Stream, target.Stream, keyring.EncryptionKeys[0], AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await EncryptAsync(source, target, keyring, context, output, cancellationToken).ConfigureAwait(false);
        }

        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task EncryptAsync(
        InputFile source, OutputFile target, Keyring keyring, EncryptionContext context, string? output, CancellationToken cancellationToken)
    {
        using var progress = Progress.Of(source.Name, source.Length, output);
        await using var message = new EncryptingStream(target.Stream, keyring, context);
        await Transfer.CopyAsync(source.Stream, message, progress, cancellationToken).ConfigureAwait(false);
        await message.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
