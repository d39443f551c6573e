namespace Aeos.Encryption.Tests.Interop;

/// <summary>One thing for tests/interop/javascript/batch.mjs to do.</summary>
internal sealed record SdkCase(string Verb, byte[] Input, IReadOnlyList<SdkKey> Keys)
{
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    public int? FrameLength { get; init; }

    public int? Suite { get; init; }

    public bool? Utf8Sorting { get; init; }

    public string? Nonce { get; init; }
}
