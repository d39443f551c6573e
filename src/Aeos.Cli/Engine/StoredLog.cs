using Aeos.Backup.Reading;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>A log out of a bucket.</summary>
internal static class StoredLog
{
    /// <summary>Prints it, each line made safe.</summary>
    /// <param name="reader">The bucket.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="hint">What the backup's document says of its encryption; null: nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It is not there, no key opens it, or it is no gzip.</exception>
    public static async Task PrintAsync(BucketReader reader, string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        await using var log = await reader.OpenCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false);
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
            throw new AeosException($"\"{key}\" is not gzip", "It was damaged or put there by something else: look at it with \"aeos store get\".", failure);
        }
    }
}
