using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aeos.Encryption.Keys;

/// <summary>
/// A raw AES wrapping key of 128, 192 or 256 bits, as the AWS Encryption SDK's raw AES keyring has it. Its bytes live in a
/// pinned array and are wiped when it is disposed.
/// </summary>
public sealed class WrappingKey : IDisposable
{
    /// <summary>The key namespace (provider id) of every key that Aeos makes.</summary>
    public const string AeosNamespace = "aeos";

    /// <summary>UTF-8 bytes that a key's name may have: the provider information holds the name and 20 bytes, 65,535 in all.</summary>
    internal const int MaxNameLength = ushort.MaxValue - 20;

    /// <summary>Characters of a derived name.</summary>
    internal const int DerivedNameLength = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private bool _disposed;

    private WrappingKey(byte[] bytes, string keyNamespace, string keyName)
    {
        _bytes = bytes;
        Namespace = keyNamespace;
        Name = keyName;
        NamespaceBytes = StrictUtf8.GetBytes(keyNamespace);
        NameBytes = StrictUtf8.GetBytes(keyName);
    }

    /// <summary>The key namespace: <see cref="AeosNamespace"/> unless the key came from elsewhere.</summary>
    public string Namespace { get; }

    /// <summary>The key's name: for an Aeos key derived from its bytes, so that the same key has the same name everywhere.</summary>
    public string Name { get; }

    /// <summary>128, 192 or 256.</summary>
    public int BitLength => _bytes.Length * 8;

    /// <summary>The key itself. For whoever prints or wraps keys; never for a log or an error.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    internal byte[] NamespaceBytes { get; }

    internal byte[] NameBytes { get; }

    /// <summary>Copies 16, 24 or 32 bytes into a key in namespace <c>aeos</c> under its derived name.</summary>
    /// <exception cref="KeyRefusedException">The length is none of these.</exception>
    public static WrappingKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        RefuseUnlessKeyLength(bytes.Length);
        return new WrappingKey(CopyPinned(bytes), AeosNamespace, DeriveName(bytes));
    }

    /// <summary>The same for a key of another keyring, under that keyring's namespace and name.</summary>
    /// <exception cref="KeyRefusedException">
    /// The length is none of these; the namespace is empty, longer than 65,535 bytes or <c>aws-kms</c> (raw AES keyring, changelog 0.3.0);
    /// the name is empty or longer than 65,515 bytes.
    /// </exception>
    public static WrappingKey FromBytes(ReadOnlySpan<byte> bytes, string keyNamespace, string keyName)
    {
        RefuseUnlessKeyLength(bytes.Length);
        RefuseUnlessNameFits(keyNamespace, "namespace", ushort.MaxValue);
        RefuseUnlessNameFits(keyName, "name", MaxNameLength);
        if (keyNamespace == "aws-kms")
        {
            throw new KeyRefusedException(
                "The key namespace \"aws-kms\" belongs to AWS KMS and cannot name a raw key",
                "Give the namespace that the message's writer configured; `aeos inspect` prints it.");
        }

        return new WrappingKey(CopyPinned(bytes), keyNamespace, keyName);
    }

    /// <summary>A new key from the system's cryptographic generator.</summary>
    /// <param name="bits">128, 192 or 256.</param>
    /// <exception cref="KeyRefusedException">Any other number.</exception>
    public static WrappingKey Generate(int bits)
    {
        if (bits is not (128 or 192 or 256))
        {
            throw new KeyRefusedException($"AES has no key of {bits} bits", "Ask for 128, 192 or 256 bits; 256 unless you have a reason.");
        }

        var bytes = GC.AllocateArray<byte>(bits / 8, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        return new WrappingKey(bytes, AeosNamespace, DeriveName(bytes));
    }

    /// <summary>Wipes the bytes.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    // 12 bytes make exactly the 16 characters; HKDF's longer outputs begin with the same bytes.
    internal static string DeriveName(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[DerivedNameLength * 3 / 4];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, salt: [], info: "aeos key id"u8);
        return Base64Url.EncodeToString(id);
    }

    internal static bool IsKeyLength(int length) => length is 16 or 24 or 32;

    private static byte[] CopyPinned(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }

    private static void RefuseUnlessKeyLength(int length)
    {
        if (!IsKeyLength(length))
        {
            throw new KeyRefusedException(
                $"A key of {length} bytes is not an AES key", "AES keys have 16, 24 or 32 bytes; make one with `aeos keygen`.");
        }
    }

    private static void RefuseUnlessNameFits(string text, string what, int limit)
    {
        int length;
        try
        {
            length = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new KeyRefusedException($"The key {what} is not valid Unicode", $"Give the {what} as the message's writer configured it.", e);
        }

        if (length == 0 || length > limit)
        {
            throw new KeyRefusedException(
                $"The key {what} has {length} bytes; it must have 1 to {limit}",
                $"Give the {what} as the message's writer configured it; `aeos inspect` prints it.");
        }
    }
}
