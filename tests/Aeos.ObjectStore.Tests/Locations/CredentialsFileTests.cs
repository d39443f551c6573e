using System.Text;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Tests.Locations;

public sealed class CredentialsFileTests
{
    [Theory]
    [InlineData("A=x", "x")]
    [InlineData("A=x\n", "x")]
    [InlineData("A=x\r\n", "x")]
    [InlineData("\uFEFFA=x", "x")]
    [InlineData("  A = x y \t\n", "x y")]
    [InlineData("export A=x", "x")]
    [InlineData("A=base64/+==", "base64/+==")]
    [InlineData("A=\"x # y\"", "x # y")]
    [InlineData("A='x' # why", "x")]
    [InlineData("A=\"open", "\"open")]
    [InlineData("A=x # why", "x")]
    [InlineData("A=x#y", "x#y")]
    [InlineData("A=\u00fc", "\u00fc")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("A=1\nA=", null)]
    [InlineData("A=", null)]
    [InlineData("A=\"\"", null)]
    [InlineData("A=# why", null)]
    [InlineData("#A=x", null)]
    [InlineData("B=x", null)]
    [InlineData("a=x", null)]
    [InlineData("", null)]
    public void A_value_is_read_from_its_line(string text, string? expected)
    {
        using var file = new CredentialsFile(Encoding.UTF8.GetBytes(text));

        file.Find("A").ShouldBe(expected);
        file.LinesPassedOver.ShouldBe(0);
    }

    [Fact]
    public void Lines_that_are_something_else_are_passed_over_and_counted()
    {
        using var file = new CredentialsFile("[default]\n{\n \"a\": \"b=c\"\n}\nA=x\n\n# comment\n=x\n"u8);

        file.LinesPassedOver.ShouldBe(5);
        file.Find("A").ShouldBe("x");
    }

    [Fact]
    public void The_encryption_key_is_apart_from_the_other_values_and_is_wiped()
    {
        var file = new CredentialsFile("AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY='abc'\nA=x\n"u8);
        file.Find(CredentialsFile.EncryptionKey).ShouldBeNull();
        file.TryGetEncryptionKey(out var key).ShouldBeTrue();
        key.SequenceEqual("abc"u8).ShouldBeTrue();

        file.Dispose();

        key.ToArray().ShouldBe(new byte[3]);
        file.TryGetEncryptionKey(out _).ShouldBeFalse();
        file.Find("A").ShouldBe("x");
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_refused()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "cloud");
        await File.WriteAllBytesAsync(path, new byte[CredentialsFile.Longest + 1]);

        var error = await Should.ThrowAsync<LocationRefusedException>(async () => await CredentialsFile.ReadAsync(path, CancellationToken.None));

        error.Cause.ShouldContain(path);
    }
}
