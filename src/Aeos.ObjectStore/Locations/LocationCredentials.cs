using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>
/// A location's credentials: those of its file (<c>credentialsFile</c>, or else <c>$AZURE_CREDENTIALS_FILE</c>), and of the environment for each name that
/// the file has not.
/// </summary>
internal sealed class LocationCredentials : IDisposable
{
    private const string FileVariable = "AZURE_CREDENTIALS_FILE";

    private readonly CredentialsFile _file;
    private readonly string? _path;
    private readonly Func<string, string?> _environment;

    private LocationCredentials(CredentialsFile file, string? path, Func<string, string?> environment)
    {
        _file = file;
        _path = path;
        _environment = environment;
    }

    /// <summary>Where they were looked for, in words.</summary>
    public string Where => _path switch
    {
        null => $"there is no credentials file (setting credentialsFile, or ${FileVariable}), and the environment has none",
        _ when _file.LinesPassedOver > 0 =>
            $"neither the credentials file \"{_path}\", of which {_file.LinesPassedOver} lines are not NAME=value, nor the environment has one",
        _ => $"neither the credentials file \"{_path}\" nor the environment has one",
    };

    /// <summary>Reads the file, if one is named.</summary>
    /// <exception cref="LocationRefusedException">The location names a file that cannot be read.</exception>
    public static async ValueTask<LocationCredentials> LoadAsync(
        LocationSettings settings, Func<string, string?> environment, ILogger logger, CancellationToken cancellationToken)
    {
        if (settings.CredentialsFile is { } configured)
        {
            return new(await CredentialsFile.ReadAsync(configured, cancellationToken).ConfigureAwait(false), configured, environment);
        }

        var path = environment(FileVariable);
        if (string.IsNullOrEmpty(path))
        {
            return new(new CredentialsFile([]), null, environment);
        }

        // Velero sets the variable for every plugin, whether the file is for this one or not.
        try
        {
            return new(await CredentialsFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), path, environment);
        }
        catch (LocationRefusedException e)
        {
            LocationLog.CredentialsFileUnreadable(logger, FileVariable, e.Cause);
            return new(new CredentialsFile([]), path, environment);
        }
    }

    /// <summary>A value of the file, or else of the environment; null when neither has it.</summary>
    public string? Find(string name) => _file.Find(name) ?? (_environment(name) is { Length: > 0 } value ? value : null);

    /// <summary>The file's encryption key in base64, if it has one.</summary>
    public bool TryGetEncryptionKey(out ReadOnlySpan<byte> base64) => _file.TryGetEncryptionKey(out base64);

    /// <summary>Wipes the file's encryption key. Other values can still be looked up.</summary>
    public void Dispose() => _file.Dispose();
}
