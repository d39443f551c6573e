namespace Aeos.Encryption.Tests.Interop;

/// <summary>What came of it: an error, or the output and for a decryption the context.</summary>
internal sealed record SdkOutcome(string? Error, byte[] Output, IReadOnlyDictionary<string, string>? Context);
