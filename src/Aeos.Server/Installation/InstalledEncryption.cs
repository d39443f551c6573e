namespace Aeos.Server.Installation;

/// <summary>How the installed server encrypts, in the words of its flags.</summary>
/// <param name="Secret">The Secret with the key, in the server's namespace.</param>
/// <param name="Format">The archive's format; null: the server's default.</param>
/// <param name="Scope">What is encrypted; null: the server's default.</param>
public sealed record InstalledEncryption(string Secret, string? Format = null, string? Scope = null);
