using System.Text;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Tests.Keys;

public sealed class KeyTextTests : IDisposable
{
    private const string AsciiKey = "iOsvHDudvugULWyAKnhtvakBBgqkjSNk";
    private const string SeedKey = "aU9zdkhEdWR2dWdVTFd5QUtuaHR2YWtCQmdxa2pTTms";
    private const string SeedHash = "LFe0unbGu/arNngmQpJm3edzq+nmy0wRrQReup9DLVY=";

    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(256)]
    public void A_key_line_comes_back_as_the_key(int bits)
    {
        using var key = WrappingKey.Generate(bits);
        var line = KeyText.FormatLine(key);
        Encoding.ASCII.GetString(line).ShouldMatch($"^aeos-key-1:[A-Za-z0-9_-]+:{key.Name}$");

        foreach (var end in new[] { "", "\n", "\r\n" })
        {
            using var parsed = KeyText.Parse([.. line, .. Encoding.ASCII.GetBytes(end)], "key", out var warning);
            parsed.Bytes.SequenceEqual(key.Bytes).ShouldBeTrue();
            parsed.Name.ShouldBe(key.Name);
            warning.ShouldBeNull();
        }
    }

    [Fact]
    public void A_key_line_that_was_changed_anywhere_is_refused_without_showing_it()
    {
        using var key = WrappingKey.FromBytes(new byte[32]);
        var line = KeyText.FormatLine(key);
        for (var i = 0; i < line.Length; i++)
        {
            var changed = (byte[])line.Clone();
            changed[i] = (byte)(changed[i] == 'B' ? 'C' : 'B');
            var refusal = Should.Throw<KeyRefusedException>(() => KeyText.Parse(changed, "the key", out _));
            refusal.Message.ShouldNotContain("AAAAAAAA");
            Should.Throw<KeyRefusedException>(() => KeyText.Parse(line.AsSpan(0, i), "the key", out _));
        }

        foreach (var end in new[] { "\n\n", " ", "x", "=" })
        {
            Should.Throw<KeyRefusedException>(() => KeyText.Parse([.. line, .. Encoding.ASCII.GetBytes(end)], "the key", out _));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void A_raw_key_is_taken(int length)
    {
        var secret = Enumerable.Range(0, length).Select(static i => (byte)(i * 41)).ToArray();
        using var key = KeyText.Parse(secret, "key", out var warning);
        key.Bytes.ToArray().ShouldBe(secret);
        warning.ShouldBeNull();
    }

    [Theory]
    [InlineData(AsciiKey, "base64 characters")]
    [InlineData("0123456789abcdef0123456789ABCDEF", "hex digits")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", "base64 characters")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", "base64 characters")]
    public void A_raw_key_that_is_text_is_taken_with_a_warning(string text, string words)
    {
        using var key = KeyText.Parse(Encoding.ASCII.GetBytes(text), "the key", out var warning);
        key.Bytes.ToArray().ShouldBe(Encoding.ASCII.GetBytes(text));
        warning.ShouldNotBeNull().ShouldContain(words);
        warning.ShouldNotContain(text.Trim());
    }

    [Theory]
    [InlineData("", "is empty", "aeos keygen")]
    [InlineData("iOsvHDudvugULWyAKnhtvakBBgqkjS+/\n", "raw key with a newline", "head -c 32 /keys/k > NEWFILE")]
    [InlineData("0123456789abcdef\r\n", "raw key with a newline", "head -c 16 /keys/k > NEWFILE")]
    [InlineData("0123456789abcdef0123456789abcdef\n", "in hex or a raw key with a newline", "xxd -r -p /keys/k > NEWFILE; or ")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF", "in hex", "xxd -r -p /keys/k > NEWFILE")]
    [InlineData(SeedKey, "in base64", "base64 -d /keys/k > NEWFILE")]
    [InlineData(SeedKey + "=\n", "in base64", "base64 -d /keys/k > NEWFILE")]
    [InlineData("aU9zdkhEdWR2dWdVTFd5QUtuaHR2YWtCQmdxa2pTTm-", "has 43 bytes", "16, 24 or 32")]
    [InlineData("aU9zdkhEdWR2dWdVTFd5QUtuaHR2YWtCQmdxa2pT-ms", "in base64url", "tr -- -_ +/ < /keys/k | base64 -d > NEWFILE")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq", "PEM", "aeos keygen")]
    [InlineData("# created: today\nAGE-SECRET-KEY-1QQ\n", "age or SSH", "aeos keygen")]
    [InlineData("AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY=" + SeedKey, "credentials file", "credentials file")]
    [InlineData("apiVersion: v1\nkind: Secret\n", "manifest", "kubectl get secret")]
    [InlineData("\n aeos-key-1:AAAA", "something before it", "alone")]
    [InlineData("hello", "has 5 bytes", "16, 24 or 32")]
    public void Everything_else_is_refused_with_what_it_looks_like_and_what_to_do(string content, string words, string remedy)
    {
        var refusal = Should.Throw<KeyRefusedException>(() => KeyText.Parse(Encoding.ASCII.GetBytes(content), "/keys/k", out _));

        refusal.Cause.ShouldContain("/keys/k");
        refusal.Cause.ShouldContain(words);
        refusal.Remedy.ShouldContain(remedy);
        refusal.Message.ShouldNotContain(SeedKey);
        refusal.Message.ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public void The_seeds_key_is_read_with_and_without_padding_and_matches_its_hash()
    {
        foreach (var text in new[] { SeedKey, SeedKey + "=" })
        {
            using var key = KeyText.ParseBase64(text, SeedHash, "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY", out var warning);
            key.Bytes.ToArray().ShouldBe(Encoding.ASCII.GetBytes(AsciiKey));
            KeyText.Hash(key).ShouldBe(SeedHash);
            warning.ShouldNotBeNull().ShouldContain("base64 characters");
            using var unpadded = KeyText.ParseBase64(text, SeedHash.TrimEnd('='), "K", out _);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("====")]
    [InlineData(SeedKey + "==")]
    [InlineData(SeedKey + " ")]
    [InlineData(" " + SeedKey)]
    [InlineData("aU9zdkhEdWR2dWdVTFd5QUtuaHR2YWtCQmdxa2pTTmt")]
    [InlineData("aU9zdkhEdWR2dWdVTFd5QUtuaHR2YWtCQmdxa2pTTm_")]
    [InlineData("aU9zdkhEdWR2dWdV\nTFd5QUtuaHR2YWtCQmdxa2pTTms")]
    [InlineData("AAAA")]
    [InlineData("äAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_not_the_base64_of_a_key_is_refused(string text)
    {
        var refusal = Should.Throw<KeyRefusedException>(() => KeyText.ParseBase64(text, null, "THE_KEY", out _));
        refusal.Cause.ShouldContain("THE_KEY");
        refusal.Message.ShouldNotContain(SeedKey[..20]);
    }

    [Theory]
    [InlineData("", "not the base64 of a SHA-256")]
    [InlineData("LFe0unbGu/arNngmQpJm3edzq+nmy0wRrQReup9DLVY==", "not the base64 of a SHA-256")]
    [InlineData("AAAA", "not the base64 of a SHA-256")]
    [InlineData("AAe0unbGu/arNngmQpJm3edzq+nmy0wRrQReup9DLVY=", "belongs to another key")]
    public void A_hash_that_does_not_match_is_refused(string hash, string words) =>
        Should.Throw<KeyRefusedException>(() => KeyText.ParseBase64(SeedKey, hash, "THE_KEY", out _)).Cause.ShouldContain(words);

    [Fact]
    public async Task A_key_file_is_read_and_what_is_none_is_refused()
    {
        using var key = WrappingKey.Generate(256);
        var path = Path.Combine(_folder, "key");
        await File.WriteAllBytesAsync(path, [.. KeyText.FormatLine(key), (byte)'\n']);
        var (read, warning) = await KeyText.ReadFileAsync(path, CancellationToken.None);
        read.Name.ShouldBe(key.Name);
        warning.ShouldBeNull();
        read.Dispose();

        await File.WriteAllBytesAsync(path, new byte[100_000]);
        (await Refused(path)).Cause.ShouldContain("more than 4096 bytes");
        (await Refused(Path.Combine(_folder, "missing"))).Cause.ShouldContain("There is no key file");
        (await Refused(Path.Combine(_folder, "missing", "key"))).Cause.ShouldContain("There is no key file");
        (await Refused(_folder)).Cause.ShouldContain("folder");

        static async Task<KeyRefusedException> Refused(string path) =>
            await Should.ThrowAsync<KeyRefusedException>(() => KeyText.ReadFileAsync(path, CancellationToken.None));
    }
}
