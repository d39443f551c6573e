using System.Security.Cryptography;
using System.Text;
using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>Loads a location's keys: the one to encrypt with, and those of old for reading only.</summary>
internal static class LocationKeys
{
    private const string EncryptionHash = "AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH";

    /// <summary>Loads them. The caller disposes the keyring.</summary>
    /// <exception cref="LocationRefusedException">There is no key to encrypt with, or one of them cannot be read.</exception>
    public static async ValueTask<Keyring> LoadAsync(
        LocationSettings settings, LocationCredentials credentials, ILogger logger, CancellationToken cancellationToken)
    {
        List<WrappingKey> keys = [];
        try
        {
            keys.Add(await FindEncryptionKeyAsync(settings, credentials, logger, cancellationToken).ConfigureAwait(false) ?? throw NoKey(credentials));
            await AddEarlierAsync(keys, settings, logger, cancellationToken).ConfigureAwait(false);
            return new Keyring(keys[..1], keys[1..]);
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    /// <summary>Loads what keys there are, for reading only; none is no error. The caller disposes them.</summary>
    /// <exception cref="LocationRefusedException">One that is named cannot be read.</exception>
    public static async ValueTask<List<WrappingKey>> LoadForReadingAsync(
        LocationSettings settings, LocationCredentials credentials, ILogger logger, CancellationToken cancellationToken)
    {
        List<WrappingKey> keys = [];
        try
        {
            if (await FindEncryptionKeyAsync(settings, credentials, logger, cancellationToken).ConfigureAwait(false) is { } key)
            {
                keys.Add(key);
            }

            await AddEarlierAsync(keys, settings, logger, cancellationToken).ConfigureAwait(false);
            return keys;
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    private static async ValueTask<WrappingKey?> FindEncryptionKeyAsync(
        LocationSettings settings, LocationCredentials credentials, ILogger logger, CancellationToken cancellationToken)
        => settings.EncryptionKeyFile is { } file
            ? await ReadAsync("encryptionKeyFile", file, logger, cancellationToken).ConfigureAwait(false)
            : FromCredentials(credentials, logger);

    private static async ValueTask AddEarlierAsync(List<WrappingKey> keys, LocationSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var earlier in settings.DecryptionKeyFiles)
        {
            keys.Add(await ReadAsync("decryptionKeyFiles", earlier, logger, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async ValueTask<WrappingKey> ReadAsync(string setting, string path, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var (key, warning) = await KeyText.ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
            Warn(logger, warning);
            return key;
        }
        catch (KeyRefusedException e)
        {
            throw new LocationRefusedException($"the setting {setting}: {e.Cause}", e.Remedy, e);
        }
    }

    private static WrappingKey? FromCredentials(LocationCredentials credentials, ILogger logger)
    {
        if (credentials.TryGetEncryptionKey(out var base64))
        {
            var text = GC.AllocateUninitializedArray<char>(Encoding.Latin1.GetCharCount(base64), pinned: true);
            try
            {
                Encoding.Latin1.GetChars(base64, text);
                return FromBase64(text, credentials, logger);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()));
            }
        }

        return credentials.Find(CredentialsFile.EncryptionKey) is { } inEnvironment ? FromBase64(inEnvironment, credentials, logger) : null;
    }

    private static LocationRefusedException NoKey(LocationCredentials credentials) => new(
        $"the location has no key to encrypt with: the setting encryptionKeyFile is not set, and {credentials.Where}",
        $"Set encryptionKeyFile to a key's file (aeos keygen --out FILE makes one), or put {CredentialsFile.EncryptionKey}=BASE64 into the "
        + "credentials file, or set it in the environment.");

    private static WrappingKey FromBase64(ReadOnlySpan<char> base64, LocationCredentials credentials, ILogger logger)
    {
        try
        {
            var key = KeyText.ParseBase64(base64, credentials.Find(EncryptionHash), CredentialsFile.EncryptionKey, out var warning);
            Warn(logger, warning);
            return key;
        }
        catch (KeyRefusedException e)
        {
            throw new LocationRefusedException(e.Cause, e.Remedy, e);
        }
    }

    private static void Warn(ILogger logger, string? warning)
    {
        if (warning is not null)
        {
            LocationLog.KeyWarning(logger, warning);
        }
    }
}
