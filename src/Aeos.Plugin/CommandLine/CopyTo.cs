using System.Runtime.Versioning;

namespace Aeos.Plugin.CommandLine;

/// <summary>
/// Copies the plugin into a folder, whole or not at all: what the image does as Velero's init container. The image needs no shell and no cp for it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class CopyTo
{
    /// <summary>The command's name.</summary>
    public const string Name = "copy-to";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Copies the running program.</summary>
    /// <exception cref="AeosException">The folder cannot be written to.</exception>
    public static async Task RunAsync(string program, string folder, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder, "velero-plugin-aeos");
        var temporary = Path.Combine(folder, $".velero-plugin-aeos.{Guid.NewGuid():N}");
        try
        {
            try
            {
                await using (var from = File.OpenRead(program))
                await using (var to = new FileStream(temporary, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }))
                {
                    await from.CopyToAsync(to, cancellationToken);
                    to.Flush(flushToDisk: true);
                }

                // Executable only when it is whole: Velero runs every file in its plugin folder that is.
                File.SetUnixFileMode(temporary, Executable);
                File.Move(temporary, target, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AeosException(
                $"cannot copy the plugin to {target}: {e.Message.TrimEnd('.')}", "Mount Velero's plugin folder there, writable for this user.", e);
        }
    }
}
