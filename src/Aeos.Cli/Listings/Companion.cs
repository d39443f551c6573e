namespace Aeos.Cli.Listings;

/// <summary>An object beside a backup or a restore, read for its description, which is worth having without it.</summary>
/// <param name="Key">The object's key, for errors.</param>
/// <param name="Content">Its content, unpacked; null: there is none, or it stays closed.</param>
/// <param name="WhyClosed">Why it stays closed; null: it does not.</param>
internal sealed record Companion(string Key, byte[]? Content, string? WhyClosed = null);
