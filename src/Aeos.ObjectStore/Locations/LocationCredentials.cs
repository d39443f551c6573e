using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>
/// A location's credentials: those of its file (<c>credentialsFile</c>, or else <c>$AZURE_CREDENTIALS_FILE</c>) or of its Secret, and of the environment for
/// each name that these have not.
/// </summary>
internal sealed class LocationCredentials : IDisposable
{
    private const string FileVariable = "AZURE_CREDENTIALS_FILE";

    private readonly CredentialsFile _file;
    private readonly string? _source;
    private readonly Func<string, string?> _environment;

    private LocationCredentials(CredentialsFile file, string? source, Func<string, string?> environment)
    {
        _file = file;
        _source = source;
        _environment = environment;
    }

    /// <summary>Where they were looked for, in words.</summary>
    public string Where => _source switch
    {
        null => $"there is no credentials file (setting credentialsFile, or ${FileVariable}), and the environment has none",
        _ when _file.LinesPassedOver > 0 =>
            $"neither {_source}, of which {_file.LinesPassedOver} lines are not NAME=value, nor the environment has one",
        _ => $"neither {_source} nor the environment has one",
    };

    /// <summary>Takes a credentials file's content, which is not wiped.</summary>
    public static LocationCredentials FromContent(ReadOnlySpan<byte> content, Func<string, string?> environment)
        => new(new CredentialsFile(content), "the location's credential", environment);

    /// <summary>Reads the file, if one is named.</summary>
    /// <exception cref="LocationRefusedException">The location names a file that cannot be read.</exception>
    public static async ValueTask<LocationCredentials> LoadAsync(
        LocationSettings settings, Func<string, string?> environment, ILogger logger, CancellationToken cancellationToken)
    {
        if (settings.CredentialsFile is { } configured)
        {
            return new(await CredentialsFile.ReadAsync(configured, cancellationToken).ConfigureAwait(false), InWords(configured), environment);
        }

        var path = environment(FileVariable);
        if (string.IsNullOrEmpty(path))
        {
            return new(new CredentialsFile([]), null, environment);
        }

        // Velero sets the variable for every plugin, whether the file is for this one or not.
        try
        {
            return new(await CredentialsFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), InWords(path), environment);
        }
        catch (LocationRefusedException e)
        {
            LocationLog.CredentialsFileUnreadable(logger, FileVariable, e.Cause);
            return new(new CredentialsFile([]), InWords(path), environment);
        }
    }

    /// <summary>A value of the file, or else of the environment; null when neither has it.</summary>
    public string? Find(string name) => _file.Find(name) ?? (_environment(name) is { Length: > 0 } value ? value : null);

    /// <summary>The file's encryption key in base64, if it has one.</summary>
    public bool TryGetEncryptionKey(out ReadOnlySpan<byte> base64) => _file.TryGetEncryptionKey(out base64);

    /// <summary>Wipes the file's encryption key. Other values can still be looked up.</summary>
    public void Dispose() => _file.Dispose();

    private static string InWords(string path) => $"the credentials file \"{path}\"";
}
