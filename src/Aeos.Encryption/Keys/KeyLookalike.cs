using System.Buffers;
using System.Security.Cryptography;
using Aeos.Encryption.Messages;

namespace Aeos.Encryption.Keys;

/// <summary>Says what content that is not a key looks like, and how it becomes one. Its errors never hold the content.</summary>
internal static class KeyLookalike
{
    private const string MakeOne = "An AES key has 16, 24 or 32 raw bytes, or is a line aeos-key-1:…; `aeos keygen -o line --out FILE` makes one.";

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static readonly SearchValues<byte> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>A warning about a raw key whose bytes are all text of an encoding, or null.</summary>
    public static string? WarnAbout(ReadOnlySpan<byte> key, string source)
    {
        var kind = IsHex(key) ? "hex digits" : IsBase64Text(key) ? "base64 characters" : null;
        return kind is null
            ? null
            : $"{Printable.Escape(source)}: the key's {key.Length} bytes are all {kind}: either it is weaker than its length says, or it was meant to be decoded first. "
            + "It is used as it stands; `aeos keygen` makes a full-strength key.";
    }

    /// <summary>The refusal of content that is neither a key's length nor a key line.</summary>
    public static KeyRefusedException Refuse(ReadOnlySpan<byte> content, string source, string? file)
    {
        var where = Printable.Escape(source);
        if (content.IsEmpty)
        {
            return new KeyRefusedException($"{where} is empty and holds no key", MakeOne);
        }

        if (LooksLikeDocument(content) is { } document)
        {
            return new KeyRefusedException($"{where} looks like {document.What}, not like an AES key", document.Remedy);
        }

        var guesses = LooksLikeEncoding(content);
        if (guesses.Count > 0)
        {
            return new KeyRefusedException(
                $"{where} holds no raw key: it looks like {string.Join(" or ", guesses.Select(static g => g.What))}",
                $"Convert it: {string.Join("; or ", guesses.Select(g => g.Command(Printable.Escape(file ?? source))))}.");
        }

        var length = content.Length > KeyText.MaxFileLength ? $"more than {KeyText.MaxFileLength}" : $"{content.Length}";
        return new KeyRefusedException($"{where} has {length} bytes, which is no AES key's length", MakeOne);
    }

    private static (string What, string Remedy)? LooksLikeDocument(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("-----BEGIN "u8))
        {
            return ("a PEM document (a certificate or a private key)", MakeOne);
        }

        if (content.IndexOf("AGE-SECRET-KEY-1"u8) >= 0 || content.StartsWith("age1"u8) || content.StartsWith("ssh-"u8))
        {
            return ("a key of age or SSH", MakeOne);
        }

        if (content.IndexOf("AZURE_STORAGE_ACCOUNT_"u8) >= 0)
        {
            return ("a credentials file", "Name it as the credentials file; or put the key alone into a file: the value of AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY, through base64 -d.");
        }

        if (content.IndexOf("apiVersion:"u8) >= 0 || content.IndexOf("\"apiVersion\""u8) >= 0)
        {
            return ("a Kubernetes manifest", "Take the Secret's field out of it: kubectl get secret NAME -o jsonpath='{.data.FIELD}' | base64 -d > NEWFILE.");
        }

        if (content.IndexOf("aeos-key-1:"u8) >= 0)
        {
            return ("an Aeos key line with something before it", "Leave the line alone in the file; it begins with aeos-key-1: and may end in a newline.");
        }

        return MessagePrefix.IsMessage(content) ? ("an encrypted message", MakeOne) : null;
    }

    // A text can be read in two ways: 32 hex digits and a newline are a 128-bit key in hex, or a raw key of 32 letters with a newline.
    private static List<(string What, Func<string, string> Command)> LooksLikeEncoding(ReadOnlySpan<byte> content)
    {
        List<(string, Func<string, string>)> guesses = [];
        var text = content.Trim(" \t\r\n"u8);
        if (IsHex(text) && WrappingKey.IsKeyLength(text.Length / 2) && text.Length % 2 == 0)
        {
            guesses.Add(("a key in hex", static file => $"xxd -r -p {file} > NEWFILE"));
        }
        else if (DecodesToKey(text, url: false))
        {
            guesses.Add(("a key in base64", static file => $"base64 -d {file} > NEWFILE"));
        }
        else if (DecodesToKey(text, url: true))
        {
            guesses.Add(("a key in base64url", static file => $"tr -- -_ +/ < {file} | base64 -d > NEWFILE"));
        }

        var line = content.EndsWith("\r\n"u8) ? content[..^2] : content.EndsWith("\n"u8) ? content[..^1] : default;
        if (WrappingKey.IsKeyLength(line.Length))
        {
            var length = line.Length;
            guesses.Add(("a raw key with a newline behind it", file => $"head -c {length} {file} > NEWFILE"));
        }

        return guesses;
    }

    private static bool DecodesToKey(ReadOnlySpan<byte> text, bool url)
    {
        Span<byte> decoded = stackalloc byte[36];
        try
        {
            return StrictBase64.TryDecode(text, url, decoded, out var length) && WrappingKey.IsKeyLength(length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decoded);
        }
    }

    private static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(HexDigits);

    private static bool IsBase64Text(ReadOnlySpan<byte> text) =>
        !text.TrimEnd("\r\n="u8).ContainsAnyExcept(Base64Characters);
}
