using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.Cli.Messages;

/// <summary><c>aeos decrypt</c>.</summary>
internal static class DecryptCommand
{
    public static Command Create()
    {
        var options = new MessageOptions("A pair that the message must carry; others may be there too. May be given several times. Without it any context will do.");
        var command = new DocumentedCommand("decrypt", "Verify and decrypt a file or a pipe.")
        {
            Notes =
            [
                "Only verified bytes come out. A message that is damaged further on is refused there: a file given with -o is then not made, and an",
                "existing one is left as it was; what went into a pipe before is genuine but incomplete, and the exit code is 1.",
                "The file that -o makes can be read by its owner alone.",
            ],
            Examples =
            [
                "aeos decrypt --key-file backup.key -o etcd.snapshot etcd.snapshot.aeos",
                "aeos decrypt --key-file new.key --decryption-key-file old.key nightly-1.tar.gz | tar -tz",
                "aeos decrypt --key-file backup.key --context object=backups/nightly-1/nightly-1.tar.gz nightly-1.tar.gz > plain.tar.gz",
                "aeos decrypt --key-file encryptionKey --format aes-gcm -o plain.tar.gz prototype-backup.tar.gz",
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
        using var keyring = await options.Keys.ReadAsync(result, cancellationToken).ConfigureAwait(false);
        using var source = await InputFile.OpenAsync(result.GetValue(options.Input), cancellationToken).ConfigureAwait(false);
        await (format == MessageFormat.AesGcm
            ? DecryptBlobAsync(source, keyring, result.GetValue(options.Output), cancellationToken)
            : DecryptAsync(source, keyring, context, result.GetValue(options.Output), cancellationToken)).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task DecryptBlobAsync(InputFile source, Keyring keyring, string? output, CancellationToken cancellationToken)
    {
        await using var target = await OutputFile.OpenAsync(output, OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
        await AesGcmBlob.DecryptAsync(source.Stream, target.Stream, keyring, AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task DecryptAsync(
        InputFile source, Keyring keyring, EncryptionContext context, string? output, CancellationToken cancellationToken)
    {
        // The header comes first: a wrong key or a wrong context makes no file and opens no pipe.
        await using var plaintext = await DecryptingStream.OpenAsync(source.Stream, keyring, context, cancellationToken).ConfigureAwait(false);
        await using var target = await OutputFile.OpenAsync(output, OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
        using var progress = Progress.Of(source.Name, source.Length, output);
        await PlaintextTransfer.CopyAsync(plaintext, target, progress, cancellationToken).ConfigureAwait(false);
    }
}
