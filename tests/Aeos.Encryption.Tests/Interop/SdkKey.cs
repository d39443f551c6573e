using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Tests.Interop;

/// <summary>A raw AES key as the script takes it.</summary>
internal sealed record SdkKey(string Hex, string Namespace, string Name)
{
    public static SdkKey Of(WrappingKey key) => new(Convert.ToHexStringLower(key.Bytes), key.Namespace, key.Name);

    public WrappingKey ToWrappingKey() => WrappingKey.FromBytes(Convert.FromHexString(Hex), Namespace, Name);
}
