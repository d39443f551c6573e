using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Aeos.Encryption.Tests.Messages;

namespace Aeos.Encryption.Tests.Interop;

public sealed class JavaScriptSdkTests(JavaScriptSdk sdk) : IClassFixture<JavaScriptSdk>
{
    private const int FrameLength = 256;

    private static readonly int[] Lengths = [0, 1, FrameLength - 1, FrameLength, FrameLength + 1, 2 * FrameLength, 20 * FrameLength + 9];

    private static readonly Dictionary<string, string>[] Contexts =
    [
        [],
        new() { ["object"] = "backups/nightly-1/nightly-1.tar.gz" },

        // In UTF-16 the key beyond U+FFFF sorts before U+FF5E, in UTF-8 behind it.
        new() { ["größe"] = "大きい", ["\U0001F511"] = "clé", ["\uFF5E"] = "", ["Zebra"] = "1", ["apple"] = "2" },
    ];

    private static readonly int[][] KeyLengths = [[16], [24], [32], [16, 24, 32]];

    [NodeFact]
    public async Task The_JavaScript_SDK_decrypts_what_Aeos_encrypts()
    {
        var cases = new List<SdkCase>();
        var expected = new List<(byte[] Plaintext, Dictionary<string, string> Context)>();
        foreach (var keyLengths in KeyLengths)
        {
            using var keyring = new Keyring([.. keyLengths.Select(static l => WrappingKey.Generate(l * 8))]);
            foreach (var context in Contexts)
            {
                foreach (var length in Lengths)
                {
                    var plaintext = TestMessages.Plaintext(length);
                    var message = await TestMessages.EncryptAsync(keyring, plaintext, EncryptionContext.Create(context), FrameLength);

                    // Each key alone, the last one here.
                    cases.Add(new SdkCase("decrypt", message, [SdkKey.Of(keyring.AllKeys[^1])]));
                    expected.Add((plaintext, context));
                }
            }

            foreach (var key in keyring.AllKeys)
            {
                cases.Add(new SdkCase("decrypt", await TestMessages.EncryptAsync(keyring, [1, 2, 3], EncryptionContext.Empty), [SdkKey.Of(key)]));
                expected.Add(([1, 2, 3], []));
            }
        }

        var outcomes = await sdk.RunAsync(cases);

        for (var i = 0; i < cases.Count; i++)
        {
            outcomes[i].Error.ShouldBeNull();
            outcomes[i].Output.ShouldBe(expected[i].Plaintext);
            outcomes[i].Context.ShouldBe(expected[i].Context, ignoreOrder: true);
        }
    }

    [NodeFact]
    public async Task Aeos_decrypts_what_the_JavaScript_SDK_encrypts()
    {
        var cases = new List<SdkCase>();
        foreach (var keyLengths in KeyLengths)
        {
            SdkKey[] keys = [.. keyLengths.Select(static l => new SdkKey(Convert.ToHexString(TestMessages.Plaintext(l)), "elsewhere", $"key of {l} bytes"))];
            cases.AddRange(
                from context in Contexts
                from length in Lengths
                select new SdkCase("encrypt", TestMessages.Plaintext(length), keys) { Context = context, FrameLength = FrameLength });
        }

        // Frames of other lengths.
        SdkKey[] one = [new SdkKey(Convert.ToHexString(TestMessages.Plaintext(32)), "elsewhere", "ключ")];
        cases.Add(new SdkCase("encrypt", TestMessages.Plaintext(100), one) { FrameLength = 1 });
        cases.Add(new SdkCase("encrypt", TestMessages.Plaintext(100_000), one) { FrameLength = 4096 });
        cases.Add(new SdkCase("encrypt", TestMessages.Plaintext(100_000), one) { FrameLength = 16 * 1024 * 1024 });

        var outcomes = await sdk.RunAsync(cases);

        for (var i = 0; i < cases.Count; i++)
        {
            outcomes[i].Error.ShouldBeNull();
            using var keyring = new Keyring([], [cases[i].Keys[^1].ToWrappingKey()]);
            (await TestMessages.DecryptAsync(keyring, outcomes[i].Output, EncryptionContext.Create(cases[i].Context ?? Contexts[0]))).ShouldBe(cases[i].Input);
        }
    }

    [NodeFact]
    public async Task The_JavaScript_SDK_must_be_told_to_sort_by_UTF8_as_the_documentation_says()
    {
        // Its default wraps the data key for a context in the locale's order and writes a header in the order of UTF-8.
        SdkKey[] keys = [new SdkKey(Convert.ToHexString(TestMessages.Plaintext(32)), "elsewhere", "one")];
        var outcomes = await sdk.RunAsync([new SdkCase("encrypt", [1, 2, 3], keys) { Context = Contexts[2], Utf8Sorting = false }]);

        using var keyring = new Keyring([], [keys[0].ToWrappingKey()]);
        var refusal = await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, outcomes[0].Output));

        refusal.Cause.ShouldContain("although it names one of them");
        refusal.Remedy.ShouldContain("utf8Sorting");
    }

    [NodeFact]
    public async Task The_JavaScript_SDK_agrees_that_the_tests_bodies_without_frames_are_right()
    {
        using var keyring = TestMessages.NewKeyring();
        var cases = Lengths.Select(length =>
            new SdkCase("decrypt", NonFramedMessage.Write(keyring.AllKeys[0], TestMessages.Plaintext(length)), [SdkKey.Of(keyring.AllKeys[0])])).ToList();

        var outcomes = await sdk.RunAsync(cases);

        for (var i = 0; i < Lengths.Length; i++)
        {
            outcomes[i].Error.ShouldBeNull();
            outcomes[i].Output.ShouldBe(TestMessages.Plaintext(Lengths[i]));
            (await TestMessages.DecryptAsync(keyring, cases[i].Input)).ShouldBe(TestMessages.Plaintext(Lengths[i]));
        }
    }

    [NodeFact]
    public async Task Other_suites_that_the_JavaScript_SDK_writes_are_refused_by_name()
    {
        SdkKey[] keys = [new SdkKey(Convert.ToHexString(TestMessages.Plaintext(32)), "elsewhere", "one")];
        (int Suite, string Name)[] suites =
        [
            (0x0014, "AES_128_GCM_IV12_TAG16_NO_KDF"), (0x0046, "AES_192_GCM_IV12_TAG16_NO_KDF"), (0x0078, "AES_256_GCM_IV12_TAG16_NO_KDF"),
            (0x0114, "AES_128_GCM_IV12_TAG16_HKDF_SHA256"), (0x0146, "AES_192_GCM_IV12_TAG16_HKDF_SHA256"), (0x0178, "AES_256_GCM_IV12_TAG16_HKDF_SHA256"),
            (0x0214, "AES_128_GCM_IV12_TAG16_HKDF_SHA256_ECDSA_P256"), (0x0346, "AES_192_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384"),
            (0x0378, "AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384"), (0x0578, "AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384"),
        ];

        var outcomes = await sdk.RunAsync([.. suites.Select(s => new SdkCase("encrypt", [1, 2, 3], keys) { Suite = s.Suite })]);

        using var keyring = new Keyring([], [keys[0].ToWrappingKey()]);
        for (var i = 0; i < suites.Length; i++)
        {
            outcomes[i].Error.ShouldBeNull();
            var refusal = await Should.ThrowAsync<MessageRefusedException>(() => TestMessages.DecryptAsync(keyring, outcomes[i].Output));
            refusal.Cause.ShouldContain($"0x{suites[i].Suite:X4}, {suites[i].Name};");
        }
    }

    [NodeFact]
    public async Task Blobs_of_the_proposals_format_go_both_ways()
    {
        using var keyring = TestMessages.NewKeyring();
        using var blob = new MemoryStream();
        await AesGcmBlob.EncryptAsync(new MemoryStream(TestMessages.Plaintext(5000)), blob, keyring.AllKeys[0], AesGcmBlob.DefaultLimit, CancellationToken.None);
        SdkKey[] keys = [SdkKey.Of(keyring.AllKeys[0])];

        var outcomes = await sdk.RunAsync(
        [
            new SdkCase("openBlob", blob.ToArray(), keys),
            new SdkCase("sealBlob", TestMessages.Plaintext(777), keys) { Nonce = "000102030405060708090a0b" },
        ]);

        outcomes[0].Output.ShouldBe(TestMessages.Plaintext(5000));
        using var opened = new MemoryStream();
        await AesGcmBlob.DecryptAsync(new MemoryStream(outcomes[1].Output), opened, keyring, AesGcmBlob.DefaultLimit, CancellationToken.None);
        opened.ToArray().ShouldBe(TestMessages.Plaintext(777));
    }
}
