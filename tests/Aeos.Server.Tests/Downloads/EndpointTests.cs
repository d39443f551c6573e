using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Aeos.ObjectStore.Encrypted;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Serving;

namespace Aeos.Server.Tests.Downloads;

public class EndpointTests
{
    private const long Mebibyte = 1 << 20;

    // gzip of nothing, made by gzip(1), and bytes that no decoder would take.
    private static readonly byte[] Packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public async Task An_object_comes_as_gzip_that_no_client_unpacks_by_itself()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);
        var request = bench.Request(HttpMethod.Get, bench.Target(EndpointBench.Log));
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/gzip");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Packed);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_and_sends_nothing()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);

        using var there = await bench.Http.SendAsync(bench.Request(HttpMethod.Head, bench.Target(EndpointBench.Log)));
        using var missing = await bench.Http.SendAsync(bench.Request(HttpMethod.Head, bench.Target(EndpointBench.Log with { Key = "backups/a/a-logs.gz" })));

        there.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    public async Task Other_methods_are_not_allowed_whatever_the_address(string method)
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);

        foreach (var target in (string[])[bench.Target(EndpointBench.Log), "/"])
        {
            await using var connection = await bench.SendAsync($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            (await new StreamReader(connection).ReadToEndAsync()).ShouldStartWith("HTTP/1.1 405 ");
        }

        bench.Objects.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_could_not_see_a_cut_off_body_gets_none()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);

        await using var connection = await bench.SendAsync($"GET {bench.Target(EndpointBench.Log)} HTTP/1.0\r\nHost: localhost\r\n\r\n");

        (await new StreamReader(connection).ReadToEndAsync()).ShouldContain(" 505 ");
        bench.Objects.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync(bench.Target(EndpointBench.Log));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.Metrics.ToText().ShouldContain("aeos_download_requests_total{result=\"missing\"} 1\n");
    }

    [Fact]
    public async Task An_archive_is_handed_out_only_where_that_is_allowed()
    {
        await using var closed = await EndpointBench.StartAsync();
        await using var open = await EndpointBench.StartAsync(archives: true);
        closed.Objects.Add(EndpointBench.Archive, Packed);
        open.Objects.Add(EndpointBench.Archive, Packed);

        using var refused = await closed.GetAsync(closed.Target(EndpointBench.Archive));
        using var allowed = await open.GetAsync(open.Target(EndpointBench.Archive));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("--download-archives");
        closed.Objects.Opened.ShouldBe(0);
        (await allowed.Content.ReadAsByteArrayAsync()).ShouldBe(Packed);
    }

    [Fact]
    public async Task An_object_that_is_refused_at_its_beginning_is_refused_with_the_reason()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, () => throw new ObjectRefusedException(EndpointBench.Log.Key, "it was changed", "Take another."));

        using var response = await bench.GetAsync(bench.Target(EndpointBench.Log));

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync()).ShouldContain("it was changed");
    }

    [Fact]
    public async Task An_object_that_is_refused_in_its_midst_never_comes_to_a_clean_end()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, () => new MadeUpStream(3 * Mebibyte, new ObjectRefusedException(EndpointBench.Log.Key, "it was changed", "Take another.")));

        using var response = await bench.GetAsync(bench.Target(EndpointBench.Log), HttpCompletionOption.ResponseHeadersRead);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(async () => await response.Content.CopyToAsync(Stream.Null));
        await Eventually.BecomesAsync(() => bench.Logger.Lines, static lines => lines.Any(static line => line.Contains(": reset, ", StringComparison.Ordinal)), "the line of the log");
        bench.Logger.Lines.ShouldContain(static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("it was changed", StringComparison.Ordinal));
        bench.Metrics.ToText().ShouldContain("aeos_download_requests_total{result=\"failed\"} 1\n");
    }

    [Fact]
    public async Task The_raw_bytes_of_a_refused_object_lack_the_last_chunk()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, () => new MadeUpStream(1000, new ObjectRefusedException(EndpointBench.Log.Key, "it was changed", "Take another.")));

        await using var connection = await bench.SendAsync($"GET {bench.Target(EndpointBench.Log)} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var received = new MemoryStream();
        try
        {
            await connection.CopyToAsync(received);
        }
        catch (IOException)
        {
            // The connection was reset.
        }

        received.ToArray().AsSpan().IndexOf("\r\n0\r\n\r\n"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_large_object_is_never_ahead_of_its_reader()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = new MadeUpStream(64 * Mebibyte);
        bench.Objects.Add(EndpointBench.Log, () => content);

        using var response = await bench.GetAsync(bench.Target(EndpointBench.Log), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var (buffer, received) = (new byte[64 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0; received += read)
        {
            buffer[0].ShouldBe(MadeUpStream.At(received));

            // What the sockets of both sides hold.
            (content.Taken - received).ShouldBeLessThan(16 * Mebibyte);
        }

        received.ShouldBe(64 * Mebibyte);
    }

    [Fact]
    public async Task The_log_names_the_object_and_how_it_went_and_never_the_signature()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);
        var target = bench.Target(EndpointBench.Log);

        using var served = await bench.GetAsync(target);
        using var refused = await bench.GetAsync(target + "A");

        var lines = await Eventually.BecomesAsync(() => bench.Logger.Lines, static lines => lines.Count == 2, "two lines");
        lines.ShouldContain($"Information: GET of default/velero/{EndpointBench.Log.Key}: 200, {Packed.Length} bytes in 0 ms");
        var signature = target[^43..];
        lines.ShouldAllBe(line => !line.Contains("signature", StringComparison.Ordinal) && !line.Contains(signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_takes_nothing_is_cut_off()
    {
        await using var bench = await EndpointBench.StartAsync(limits: new EndpointLimits { SlowestReader = 1 << 20, Stalling = TimeSpan.FromSeconds(1.5), Ending = TimeSpan.Zero });
        bench.Objects.Add(EndpointBench.Log, () => new MadeUpStream(1024 * Mebibyte));

        await using var connection = await bench.SendAsync($"GET {bench.Target(EndpointBench.Log)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

        await Eventually.BecomesAsync(
            () => bench.Logger.Lines, static lines => lines.Any(static line => line.Contains(": the client left, ", StringComparison.Ordinal)), "the end of the download");
    }

    [Fact]
    public async Task Who_does_not_finish_the_head_of_a_request_is_cut_off()
    {
        await using var bench = await EndpointBench.StartAsync(limits: new EndpointLimits { Greeting = TimeSpan.FromSeconds(1.5), Ending = TimeSpan.Zero });

        await using var connection = await bench.SendAsync("GET /v1/default HTTP/1.1\r\nHost: ");

        var answer = await new StreamReader(connection).ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task More_connections_than_it_bears_are_closed()
    {
        await using var bench = await EndpointBench.StartAsync(limits: new EndpointLimits { Connections = 2, Ending = TimeSpan.Zero });
        await using var first = await bench.ConnectAsync();
        await using var second = await bench.ConnectAsync();

        var failure = await Should.ThrowAsync<Exception>(bench.ConnectAsync);

        (failure is IOException or AuthenticationException).ShouldBeTrue(failure.ToString());
    }

    [Fact]
    public async Task More_downloads_than_it_bears_wait_for_their_turn()
    {
        await using var bench = await EndpointBench.StartAsync(limits: new EndpointLimits { Downloads = 1, Ending = TimeSpan.Zero });
        bench.Objects.Add(EndpointBench.Log, Packed);
        var large = EndpointBench.Log with { Key = "backups/large/large-logs.gz" };
        bench.Objects.Add(large, () => new MadeUpStream(64 * Mebibyte));

        using var first = await bench.GetAsync(bench.Target(large), HttpCompletionOption.ResponseHeadersRead);
        var second = bench.GetAsync(bench.Target(EndpointBench.Log));
        await using (var third = await bench.ConnectAsync())
        {
            // The server answers others meanwhile.
            using var refused = await bench.GetAsync("/");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        bench.Objects.Opened.ShouldBe(1);
        second.IsCompleted.ShouldBeFalse();
        await first.Content.CopyToAsync(Stream.Null);
        using var answer = await second;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_download_that_is_under_way_comes_to_its_end_when_the_server_stops_and_no_other_begins()
    {
        await using var bench = await EndpointBench.StartAsync(limits: new EndpointLimits { Ending = TimeSpan.FromMinutes(1) });
        bench.Objects.Add(EndpointBench.Log, () => new MadeUpStream(64 * Mebibyte));
        using var response = await bench.GetAsync(bench.Target(EndpointBench.Log), HttpCompletionOption.ResponseHeadersRead);

        bench.BeginEnd();

        await Eventually.BecomesAsync<Exception?>(
            () => Record.ExceptionAsync(async () => await (await bench.ConnectAsync()).DisposeAsync()), static failure => failure is SocketException, "a refusal");
        (await response.Content.ReadAsByteArrayAsync()).LongLength.ShouldBe(64 * Mebibyte);
    }

    [Fact]
    public async Task An_address_is_of_no_use_at_an_endpoint_with_another_key()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Objects.Add(EndpointBench.Log, Packed);
        using var other = new AddressSigner([.. Enumerable.Repeat((byte)1, AddressSigner.KeyLength)]);
        var address = new SignedAddresses(other, new Uri("https://localhost"), bench.Time).Create(EndpointBench.Log);

        using var response = await bench.GetAsync(address["https://localhost".Length..]);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
