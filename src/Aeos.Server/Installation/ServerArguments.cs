namespace Aeos.Server.Installation;

/// <summary>The command line of an installed server, and what an earlier one says of the server that is there.</summary>
internal static class ServerArguments
{
    public const string EncryptionFeature = "EnableEncryption";

    private const string FeaturesFlag = "--features=";
    private const string RequireFlag = "--require-encryption=";

    /// <param name="options">What is installed.</param>
    /// <param name="requires">Whether the server refuses plaintext.</param>
    public static IEnumerable<string> Of(InstallationOptions options, bool requires)
    {
        yield return "server";
        yield return $"--namespace={options.Namespace}";
        string[] features = options.Encryption is null ? [.. options.Features] : [EncryptionFeature, .. options.Features];
        if (features.Length > 0)
        {
            yield return FeaturesFlag + string.Join(',', features.Distinct(StringComparer.Ordinal));
        }

        if (options.Encryption is { } encryption)
        {
            yield return $"--encryption-secret={encryption.Secret}";
            if (encryption.Format is { } format)
            {
                yield return $"--encryption-format={format}";
            }

            if (encryption.Scope is { } scope)
            {
                yield return $"--encryption-scope={scope}";
            }

            yield return RequireFlag + (requires ? "true" : "false");
        }

        foreach (var flag in options.ServerFlags)
        {
            yield return flag;
        }
    }

    public static bool Encrypts(IEnumerable<string> arguments) =>
        arguments.Any(argument => argument.StartsWith(FeaturesFlag, StringComparison.Ordinal) && argument[FeaturesFlag.Length..].Split(',').Contains(EncryptionFeature));

    public static bool Requires(IEnumerable<string> arguments) => arguments.Any(argument => argument is "--require-encryption" or RequireFlag + "true");
}
