using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Aeos.Kubernetes.Objects;

/// <summary>Reads a field of a Secret straight from the answer's bytes: what is in it never becomes a string.</summary>
public static class SecretField
{
    /// <summary>Reads a field of <c>data</c>.</summary>
    /// <param name="secret">The Secret.</param>
    /// <param name="field">The field.</param>
    /// <returns>Its content in pinned memory, for the caller to wipe; null when the Secret lacks the field.</returns>
    /// <exception cref="FormatException">It is not base64.</exception>
    public static byte[]? Read(KubernetesObject secret, string field)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var reader = new Utf8JsonReader(secret.Json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1 && !reader.ValueTextEquals("data"u8))
            {
                reader.Skip();
            }
            else if (reader.CurrentDepth == 2)
            {
                var isField = reader.ValueTextEquals(field);
                reader.Read();
                if (isField)
                {
                    return Decode(ref reader);
                }

                reader.Skip();
            }
        }

        return null;
    }

    private static byte[] Decode(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            throw new FormatException("not base64");
        }

        var decoded = GC.AllocateArray<byte>(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length), pinned: true);
        try
        {
            if (Base64.DecodeFromUtf8(reader.ValueSpan, decoded, out _, out var length) != OperationStatus.Done)
            {
                throw new FormatException("not base64");
            }

            var exact = GC.AllocateArray<byte>(length, pinned: true);
            decoded.AsSpan(0, length).CopyTo(exact);
            return exact;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decoded);
        }
    }
}
