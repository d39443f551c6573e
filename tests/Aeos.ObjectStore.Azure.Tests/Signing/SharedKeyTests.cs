using Aeos.ObjectStore.Azure.Signing;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Tests.Signing;

/// <summary>Shared Key against what others have published.</summary>
public sealed class SharedKeyTests
{
    // The example account of MicrosoftDX/Dash (DashServer.Tests/SignatureValidationTests.cs and RequestAuthTests.cs), whose signatures were taken from
    // what Microsoft's own storage library for .NET sent.
    private const string PublishedAccount = "dashstorage1";
    private const string PublishedKey = "8jqRVtXUWiEthgIhR+dFwrB8gh3lFuquvJQ1v4eabObIj7okI1cZIuzY8zZHmEdpcC0f+XlUkbFwAhjTfyrLIg==";

    [Fact]
    public void The_text_to_sign_is_that_of_the_services_reference()
    {
        // "Authorize with Shared Key", the example Get Container Metadata, with the version 2015-02-21 and later.
        using var request = Request(
            "GET",
            "https://myaccount.blob.core.windows.net/mycontainer?comp=metadata&restype=container&timeout=20",
            ("x-ms-version", "2015-02-21"),
            ("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT"));

        SharedKeyText.Of(request, 0, "myaccount").ShouldBe(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20");
    }

    [Fact]
    public void A_put_with_a_digest_has_the_published_signature() => Signature(
        "PUT",
        "https://dashstorage1.blob.core.windows.net/test/test.txt",
        423,
        ("User-Agent", "WA-Storage/4.3.0 (.NET CLR 4.0.30319.34014; Win32NT 6.2.9200.0)"),
        ("Content-MD5", "LHmMkMS8mTXh0bRP4e4Ptw=="),
        ("x-ms-blob-type", "BlockBlob"),
        ("x-ms-client-request-id", "TestRequest1"),
        ("x-ms-date", "Thu, 30 Oct 2014 19:48:43 GMT"),
        ("x-ms-version", "2014-02-14"),
        ("x-ms-test", "testvalue"),
        ("x-test", "differentvalue")).ShouldBe("ktMmzuta7Wsqtzyd3TBbd3zW4miedtJPkWWlW9DCRb0=");

    [Fact]
    public void A_put_with_every_header_that_is_signed_has_the_published_signature() => Signature(
        "PUT",
        "https://dashstorage1.blob.core.windows.net/test/test.txt",
        423,
        ("x-ms-version", "2014-02-14"),
        ("Content-Type", "application/octet-stream"),
        ("Content-MD5", "LHmMkMS8mTXh0bRP4e4Ptw=="),
        ("Content-Language", "EN-US"),
        ("Content-Encoding", "gzip"),
        ("x-ms-blob-type", "BlockBlob"),
        ("If-Match", "DummyETag"),
        ("x-ms-client-request-id", "93399f8e-6ce2-4020-81a4-4f1f53f427fd"),
        ("x-ms-date", "Thu, 30 Oct 2014 20:46:48 GMT")).ShouldBe("ZBQYgC9dgzldVfH6t06qIYZujSz/3blWrinuYePTMv8=");

    [Fact]
    public void A_listing_with_repeated_parameters_has_the_published_signature() => Signature(
        "GET",
        "https://dashstorage1.blob.core.windows.net/test?restype=container&comp=list&prefix=te&include=snapshots&INCLUDE=uncommittedblobs,metadata,copy",
        0,
        ("x-ms-version", "2014-02-14"),
        ("x-ms-client-request-id", "9e51b5a3-2dff-4fb2-98f8-c7cfe05a223a"),
        ("x-ms-date", "Thu, 30 Oct 2014 20:55:13 GMT")).ShouldBe("C0mPsPAiMs+4qlDQXGXMXpRGUkQgyMLzOHBiCmoC4LE=");

    private static string Signature(string method, string url, long length, params (string Name, string Value)[] headers)
    {
        using var key = AccountKey.Parse(PublishedKey, "the published key");
        using var request = Request(method, url, headers);
        return key.Sign(SharedKeyText.Of(request, length, PublishedAccount));
    }

    private static Request Request(string method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpClientTransport().CreateRequest();
        request.Method = RequestMethod.Parse(method);
        request.Uri.Reset(new Uri(url));
        request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}
