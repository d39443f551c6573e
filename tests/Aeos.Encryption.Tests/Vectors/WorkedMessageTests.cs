using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Aeos.Encryption.Tests.Messages;
using Gcm = System.Security.Cryptography.AesGcm;

namespace Aeos.Encryption.Tests.Vectors;

/// <summary>The message that docs/message-format.md takes apart is a real one, and its numbers are right.</summary>
public partial class WorkedMessageTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly string Documentation = File.ReadAllText(RepositoryRoot.PathTo("docs", "message-format.md"));
    private static readonly byte[] Message = Bytes(Block("message"));

    [Fact]
    public async Task The_documented_bytes_are_the_vectors_and_decrypt_to_what_the_page_says()
    {
        Message.ShouldBe(await File.ReadAllBytesAsync(RepositoryRoot.PathTo("tests", "Aeos.Encryption.Tests", "Vectors", "worked.message")));
        using var keyring = new Keyring([], [WrappingKey.FromBytes(Secret)]);

        var plaintext = await TestMessages.DecryptAsync(keyring, Message, EncryptionContext.Create([new("object", "backups/a/a.tar.gz")]));

        Encoding.ASCII.GetString(plaintext).ShouldBe("Hello, backup!");
        Block("message").ShouldContain($"key name \"{keyring.AllKeys[0].Name}\"");
    }

    [Fact]
    public async Task The_documented_keys_follow_from_the_message_as_the_page_says()
    {
        var header = await MessageHeader.ReadUnverifiedAsync(new MemoryStream(Message), CancellationToken.None);
        var wrapped = header.DataKeys[0];
        var dataKey = new byte[32];
        using (var gcm = new Gcm(Secret, 16))
        {
            gcm.Decrypt(wrapped.Iv, wrapped.Ciphertext.Span[..32], wrapped.Ciphertext.Span[32..], dataKey, header.SerializedContext.Span);
        }

        var prk = HKDF.Extract(HashAlgorithmName.SHA512, dataKey, header.MessageId.ToArray());
        var derivedKey = HKDF.Expand(HashAlgorithmName.SHA512, prk, 32, [0x04, 0x78, .. "DERIVEKEY"u8]);

        Bytes(Block("keys")).ShouldBe([.. dataKey, .. derivedKey]);
        header.Commitment.ToArray().ShouldBe(HKDF.Expand(HashAlgorithmName.SHA512, prk, 32, "COMMITKEY"u8.ToArray()));
    }

    [Fact]
    public void The_documented_key_line_is_the_key()
    {
        using var key = WrappingKey.FromBytes(Secret);
        Documentation.ShouldContain($"`{Encoding.ASCII.GetString(KeyText.FormatLine(key))}`");
    }

    private static string Block(string language) => Regex.Match(Documentation, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    // The hex stands apart from the words around it by two blanks or more; labels come before it in one block, behind it in the other.
    private static byte[] Bytes(string block) => Convert.FromHexString(
        string.Concat(block.Split('\n').Select(static line => HexOfLine().Match(line).Groups["hex"].Value.Replace(" ", "", StringComparison.Ordinal))));

    [GeneratedRegex("^(?:[a-z ]+?  )?(?<hex>[0-9a-f]+(?: [0-9a-f]+)*)(?:  |$)")]
    private static partial Regex HexOfLine();
}
