namespace Aeos.Encryption.Keys;

/// <summary>
/// A raw AES wrapping key of 128, 192 or 256 bits, as the AWS Encryption SDK's raw AES keyring has it. Its bytes live in a
/// pinned array and are wiped when it is disposed.
/// </summary>
public sealed class WrappingKey : IDisposable
{
    /// <summary>The key namespace (provider id) of every key that Aeos makes.</summary>
    public const string AeosNamespace = "aeos";

    /// <summary>The key namespace: <see cref="AeosNamespace"/> unless the key came from elsewhere.</summary>
    public string Namespace => throw new NotImplementedException();

    /// <summary>The key's name: for an Aeos key derived from its bytes, so that the same key has the same name everywhere.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>128, 192 or 256.</summary>
    public int BitLength => throw new NotImplementedException();

    /// <summary>The key itself. For whoever prints or wraps keys; never for a log or an error.</summary>
    public ReadOnlySpan<byte> Bytes => throw new NotImplementedException();

    /// <summary>Copies 16, 24 or 32 bytes into a key in namespace <c>aeos</c> under its derived name.</summary>
    /// <exception cref="KeyRefusedException">The length is none of these.</exception>
    public static WrappingKey FromBytes(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>The same for a key of another keyring, under that keyring's namespace and name.</summary>
    /// <exception cref="KeyRefusedException">The length is none of these, or a name is empty or longer than 65,535 bytes.</exception>
    public static WrappingKey FromBytes(ReadOnlySpan<byte> bytes, string keyNamespace, string keyName) => throw new NotImplementedException();

    /// <summary>A new key from the system's cryptographic generator.</summary>
    /// <param name="bits">128, 192 or 256.</param>
    /// <exception cref="KeyRefusedException">Any other number.</exception>
    public static WrappingKey Generate(int bits) => throw new NotImplementedException();

    /// <summary>Wipes the bytes.</summary>
    public void Dispose() => throw new NotImplementedException();
}
