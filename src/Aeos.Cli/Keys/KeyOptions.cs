using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Encryption.Keys;

namespace Aeos.Cli.Keys;

/// <summary>The options that say which keys are at hand.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string[]> _keyFiles = new("--key-file", "-k")
    {
        HelpName = "FILE",
        Required = true,
        Description = "A key's file, as keygen --out writes it, or raw. May be given several times: on encrypting, each of the keys alone can read the message.",
    };

    private readonly Option<string[]> _decryptionKeyFiles = new("--decryption-key-file")
    {
        HelpName = "FILE",
        Description = "An earlier key, for reading only. May be given several times.",
    };

    private readonly Option<string?> _namespace = new("--key-namespace")
    {
        HelpName = "NAMESPACE",
        Description = "The key's namespace (provider id) in a message that another program writes or reads. With --key-name.",
    };

    private readonly Option<string?> _name = new("--key-name")
    {
        HelpName = "NAME",
        Description = "The key's name in such a message.",
    };

    public void AddTo(Command command)
    {
        command.Add(_keyFiles);
        command.Add(_decryptionKeyFiles);
        command.Add(_namespace);
        command.Add(_name);
    }

    /// <summary>Reads the keys' files.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="Encryption.KeyRefusedException">A file holds no key.</exception>
    public async Task<Keyring> ReadAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var keyFiles = result.GetRequiredValue(_keyFiles);
        var keyNamespace = result.GetValue(_namespace);
        var keyName = result.GetValue(_name);
        if ((keyNamespace is null) != (keyName is null))
        {
            throw new UsageException("a key from elsewhere has a namespace and a name", "Give both, --key-namespace and --key-name, or neither.");
        }

        if (keyName is not null && keyFiles.Length > 1)
        {
            throw new UsageException("--key-name names one key, and there are several", "Give one --key-file with it.");
        }

        var keys = new List<WrappingKey>();
        try
        {
            foreach (var path in keyFiles)
            {
                keys.Add(await ReadAsync(path, keyNamespace, keyName, cancellationToken).ConfigureAwait(false));
            }

            foreach (var path in result.GetValue(_decryptionKeyFiles) ?? [])
            {
                keys.Add(await ReadAsync(path, null, null, cancellationToken).ConfigureAwait(false));
            }

            return new Keyring(keys[..keyFiles.Length], keys[keyFiles.Length..]);
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    private static async Task<WrappingKey> ReadAsync(string path, string? keyNamespace, string? keyName, CancellationToken cancellationToken)
    {
        var key = await KeyFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (keyNamespace is null || keyName is null)
        {
            return key;
        }

        using (key)
        {
            return WrappingKey.FromBytes(key.Bytes, keyNamespace, keyName);
        }
    }
}
