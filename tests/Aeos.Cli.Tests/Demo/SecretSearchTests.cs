using System.IO.Compression;
using System.Text;
using Aeos.Cli.Demo;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Demo;

public sealed class SecretSearchTests : TemporaryFolder
{
    private readonly SampleSecret _secret = new("the password");

    [Fact]
    public void A_secret_is_found_as_typed_in_base64_and_in_gzip()
    {
        var search = new SecretSearch([_secret, new SampleSecret("another")]);
        foreach (var text in new[] { $"a {_secret.Value} b", $"a {_secret.Base64} b" })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            search.Find(bytes).ShouldBe([_secret]);
            search.Find(Pack(bytes)).ShouldBe([_secret]);
        }

        search.Find("nothing"u8.ToArray()).ShouldBeEmpty();
    }

    [Fact]
    public void A_secret_in_a_file_or_in_its_name_ends_the_demo()
    {
        var search = new SecretSearch([_secret]);
        Write("harmless", [1, 2, 3]);
        search.RequireNone(Folder).ShouldBe((1, 3));

        Write("packed", Pack(Encoding.UTF8.GetBytes(_secret.Value)));
        Should.Throw<DemoFailedException>(() => search.RequireNone(Folder)).Cause.ShouldContain("the password can be read in");

        File.Delete(At("packed"));
        Write(_secret.Value, []);
        Should.Throw<DemoFailedException>(() => search.RequireNone(Folder));
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
