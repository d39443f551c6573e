using System.Security.Cryptography;
using System.Text.Json;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Aeos.Encryption.Tests.Interop;
using Aeos.Encryption.Tests.Messages;

namespace Aeos.Encryption.Tests.Vectors;

/// <summary>Messages that the AWS Encryption SDK for JavaScript 5.0.2 wrote (tests/interop/javascript/vectors.mjs), checked without Node.js.</summary>
public class VectorTests
{
    private const int Committing = 0x0478;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Files => [.. Read().Select(static v => v.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_message_of_the_JavaScript_SDK_is_read_with_each_of_its_keys_or_refused_for_its_suite(string file)
    {
        var vector = Read().Single(v => v.File == file);
        var message = await File.ReadAllBytesAsync(PathOf(file));
        foreach (var key in vector.Keys)
        {
            using var keyring = new Keyring([], [key.ToWrappingKey()]);
            if (vector.Suite != Committing)
            {
                var refusal = await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, message));
                refusal.Cause.ShouldContain($"0x{vector.Suite:X4}");
                continue;
            }

            var plaintext = await TestMessages.DecryptAsync(keyring, message, EncryptionContext.Create(vector.Context));
            plaintext.Length.ShouldBe(vector.Length);
            Convert.ToHexStringLower(SHA256.HashData(plaintext)).ShouldBe(vector.Sha256);
        }
    }

    private static Vector[] Read() => JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(PathOf("index.json")), Json)!;

    private static string PathOf(string file) => RepositoryRoot.PathTo("tests", "Aeos.Encryption.Tests", "Vectors", file);

    private sealed record Vector(string File, int Suite, SdkKey[] Keys, Dictionary<string, string> Context, int FrameLength, int Length, string Sha256);
}
