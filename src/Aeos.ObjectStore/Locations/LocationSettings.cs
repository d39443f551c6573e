using Aeos.Encryption.Messages;
using Aeos.ObjectStore.Encrypted;

namespace Aeos.ObjectStore.Locations;

/// <summary>The settings that every location has, checked. docs: README, "Settings".</summary>
internal sealed record LocationSettings
{
    /// <summary>Their names: the last three are what Velero adds, or leaves from its older releases.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "credentialsFile", "encryptionKeyFile", "decryptionKeyFiles", "encrypt", "encryptionDomain", "allowPlaintext",
        "bucket", "prefix", "caCert", "resticRepoPrefix",
    ];

    /// <summary>The credentials file; null when none is set.</summary>
    public string? CredentialsFile { get; private init; }

    /// <summary>The file of the key to encrypt with; null when none is set.</summary>
    public string? EncryptionKeyFile { get; private init; }

    /// <summary>The files of keys for reading only.</summary>
    public IReadOnlyList<string> DecryptionKeyFiles { get; private init; } = [];

    /// <summary>What is encrypted.</summary>
    public EncryptionScope Scope { get; private init; }

    /// <summary>The domain that messages are bound to; null when none is set.</summary>
    public string? Domain { get; private init; }

    /// <summary>Whether objects that should be messages and are not are read all the same.</summary>
    public bool AllowPlaintext { get; private init; }

    /// <summary>Checks a location's config.</summary>
    /// <param name="spec">The location.</param>
    /// <param name="ofProvider">The names of the settings that its provider has.</param>
    /// <exception cref="LocationRefusedException">A setting is not known, or its value cannot be used.</exception>
    public static LocationSettings Read(LocationSpec spec, IReadOnlyList<string> ofProvider)
    {
        var known = Names.Concat(ofProvider).ToList();
        foreach (var name in spec.Config.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            throw new LocationRefusedException(
                $"the location's config has a setting \"{name}\" that the provider {spec.Provider} does not know",
                $"Remove or correct it. The known ones are: {string.Join(", ", ofProvider.Concat(Names))}.");
        }

        return new LocationSettings
        {
            // Empty is none, as in the Go plugin.
            CredentialsFile = spec.Config.GetValueOrDefault("credentialsFile") is { Length: > 0 } path ? path : null,
            EncryptionKeyFile = Text(spec, "encryptionKeyFile"),
            DecryptionKeyFiles = Files(Text(spec, "decryptionKeyFiles")),
            Scope = Text(spec, "encrypt") switch
            {
                null or "all" => EncryptionScope.All,
                "archive" => EncryptionScope.Archive,
                var other => throw Wrong("encrypt", other, "all, or archive for the backups' archives (*.tar.gz) alone"),
            },
            Domain = CheckedDomain(Text(spec, "encryptionDomain")),
            AllowPlaintext = Text(spec, "allowPlaintext") switch
            {
                null or "false" => false,
                "true" => true,
                var other => throw Wrong("allowPlaintext", other, "\"true\" or \"false\""),
            },
        };
    }

    /// <summary>An empty value is more likely a template that went wrong than the wish for the default: about keys, that is asked.</summary>
    private static string? Text(LocationSpec spec, string name) => spec.Config.GetValueOrDefault(name) switch
    {
        "" => throw new LocationRefusedException($"the setting {name} is empty", "Give it a value, or remove it."),
        var value => value,
    };

    private static string[] Files(string? list)
    {
        var files = list?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return files.Contains("")
            ? throw Wrong("decryptionKeyFiles", list!, "paths with one comma between each two")
            : files;
    }

    private static string? CheckedDomain(string? domain)
    {
        try
        {
            _ = domain is null ? null : EncryptionContext.Create([new(EncryptionContext.DomainKey, domain)]);
            return domain;
        }
        catch (AeosException e)
        {
            throw new LocationRefusedException($"the setting encryptionDomain cannot be used: {e.Cause}", e.Remedy, e);
        }
    }

    private static LocationRefusedException Wrong(string name, string value, string rule) =>
        new($"the setting {name} is \"{value}\"", $"Set it to {rule}.");
}
