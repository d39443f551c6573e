using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Aeos.ObjectStore.Locations;

/// <summary>
/// A credentials file: lines <c>NAME=value</c>, as the Go plugin has it. One file may serve several plugins, so whatever else is in it is passed over.
/// </summary>
/// <remarks>
/// <c>export</c> before the name, blanks around name and value and a byte order mark are passed over, and lines may end in CR LF. A value in single or double
/// quotes is what stands between them, as it stands; a value without them ends at a blank with a <c>#</c>. The last line of a name counts, and an
/// empty value counts as none. The encryption key's value never becomes a string.
/// </remarks>
internal sealed class CredentialsFile : IDisposable
{
    /// <summary>The name whose value is kept as bytes, and wiped.</summary>
    public const string EncryptionKey = "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY";

    /// <summary>Bytes that a credentials file may have: 1 MiB, the most that a Kubernetes Secret holds.</summary>
    public const int Longest = 1 << 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private byte[] _encryptionKey = [];

    /// <summary>Reads a file's content, without wiping it.</summary>
    public CredentialsFile(ReadOnlySpan<byte> content)
    {
        content = content.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content;
        foreach (var range in content.Split((byte)'\n'))
        {
            ReadLine(content[range]);
        }
    }

    /// <summary>Lines that are neither empty, nor a comment, nor <c>NAME=value</c>.</summary>
    public int LinesPassedOver { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="LocationRefusedException">It cannot be read, or is too long.</exception>
    public static async ValueTask<CredentialsFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        byte[] buffer = [];
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(file.Length, Longest) + 1, pinned: true);
            var length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length <= Longest
                ? new CredentialsFile(buffer.AsSpan(0, length))
                : throw new LocationRefusedException($"the credentials file \"{path}\" is longer than 1 MiB", "Name a file with lines NAME=value.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocationRefusedException(
                $"the credentials file \"{path}\" cannot be read: {e.Message.TrimEnd('.')}", "Correct the path, or mount the Secret that holds the file.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>A value, null when the file has none. Never the encryption key.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The encryption key's value in base64, null when the file has none. Lives as long as this object.</summary>
    public bool TryGetEncryptionKey(out ReadOnlySpan<byte> base64)
    {
        base64 = _encryptionKey;
        return !base64.IsEmpty;
    }

    /// <summary>Wipes the encryption key. The other values stay.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_encryptionKey);
        _encryptionKey = [];
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, [NotNullWhen(true)] out string? name, out ReadOnlySpan<byte> value)
    {
        name = null;
        value = default;
        var equals = line.IndexOf((byte)'=');
        if (equals < 0)
        {
            return false;
        }

        var left = Trim(line[..equals]);
        if (left.StartsWith("export "u8) || left.StartsWith("export\t"u8))
        {
            left = Trim(left["export".Length..]);
        }

        if (left.IsEmpty || left.ContainsAnyExcept(NameBytes))
        {
            return false;
        }

        name = Encoding.ASCII.GetString(left);
        value = Unquote(Trim(line[(equals + 1)..]));
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value)
    {
        if (value is [(byte)'"' or (byte)'\'', ..] && value[1..].IndexOf(value[0]) is >= 0 and var end)
        {
            return value.Slice(1, end);
        }

        var comment = value is [(byte)'#', ..] ? 0 : value.IndexOf(" #"u8);
        return comment < 0 ? value : Trim(value[..comment]);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r"u8);

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        line = Trim(line);
        if (line is [] or [(byte)'#', ..])
        {
            return;
        }

        if (!TrySplit(line, out var name, out var value))
        {
            LinesPassedOver++;
            return;
        }

        if (name == EncryptionKey)
        {
            Dispose();
            _encryptionKey = GC.AllocateUninitializedArray<byte>(value.Length, pinned: true);
            value.CopyTo(_encryptionKey);
        }
        else if (value.IsEmpty)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = Encoding.UTF8.GetString(value);
        }
    }
}
