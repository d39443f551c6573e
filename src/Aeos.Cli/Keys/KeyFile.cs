using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;

namespace Aeos.Cli.Keys;

/// <summary>A key in a file.</summary>
internal static class KeyFile
{
    /// <summary>Reads it, and warns of a weak one.</summary>
    /// <exception cref="Encryption.KeyRefusedException">The file holds no key.</exception>
    public static async Task<WrappingKey> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var (key, warning) = await KeyText.ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (warning is not null)
        {
            Report.Warning(warning);
        }

        return key;
    }
}
