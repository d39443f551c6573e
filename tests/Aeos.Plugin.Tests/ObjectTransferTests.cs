using System.Runtime.CompilerServices;
using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore.Locations;
using Aeos.Plugin.Locations;
using Aeos.Plugin.Services;
using Aeos.Velero.Plugins;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Plugin.Tests;

public sealed class ObjectTransferTests : IAsyncLifetime, IDisposable
{
    private readonly TestLocations _folder = new();
    private readonly OpenLocations _locations = new(new LocationOpener(_ => null, NullLogger.Instance));
    private readonly CancellationTokenSource _cancellation = new();

    private ObjectTransfer Transfer => new(_locations);

    private ServerCall Call => new("/test", null, _cancellation.Token);

    [Fact]
    public async Task A_put_that_ends_without_a_message_is_refused()
    {
        var refusal = await Should.ThrowAsync<RpcException>(() => Transfer.PutAsync(AsyncEnumerable(), Call));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_put_of_an_empty_message_stores_an_empty_object()
    {
        await Transfer.PutAsync(AsyncEnumerable(Message("a", "")), Call);

        (await GetAsync("a")).ShouldBe("");
    }

    [Fact]
    public async Task The_first_message_names_the_object()
    {
        var unnamed = new PutObjectRequest { Body = ByteString.CopyFromUtf8("two") };
        await Transfer.PutAsync(AsyncEnumerable(Message("a", "one "), unnamed), Call);

        (await GetAsync("a")).ShouldBe("one two");
    }

    [Fact]
    public async Task A_cancelled_put_leaves_nothing_visible()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => Transfer.PutAsync(Cancelled(), Call));

        NothingIsStored();

        async IAsyncEnumerable<PutObjectRequest> Cancelled([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return Message("a", new string('x', 1_000_000));
            await _cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_put_whose_stream_breaks_leaves_nothing_visible()
    {
        await Should.ThrowAsync<IOException>(() => Transfer.PutAsync(Broken(), Call));

        NothingIsStored();

        static async IAsyncEnumerable<PutObjectRequest> Broken()
        {
            yield return Message("a", new string('x', 1_000_000));
            await Task.Yield();
            throw new IOException("broken");
        }
    }

    [Fact]
    public async Task A_put_that_is_refused_is_read_to_its_end_so_that_Velero_sees_why()
    {
        var taken = 0;
        var refusal = await Should.ThrowAsync<RpcException>(() => Transfer.PutAsync(Counted(), Call));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        taken.ShouldBe(100);

        async IAsyncEnumerable<PutObjectRequest> Counted()
        {
            for (; taken < 100; taken++)
            {
                yield return new PutObjectRequest { Plugin = TestLocations.Provider, Bucket = "none", Key = "a" };
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Nothing_unverified_is_sent()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => (char)('a' + (i % 26))));
        await Transfer.PutAsync(AsyncEnumerable(Message("a", text)), Call);
        var file = _folder.FileOf("bucket", "a");
        var stored = await File.ReadAllBytesAsync(file);
        stored[90_000] ^= 1;
        await File.WriteAllBytesAsync(file, stored);
        var sent = new Collected();

        await Should.ThrowAsync<Aeos.Encryption.MessageRefusedException>(
            () => Transfer.GetAsync(new GetObjectRequest { Plugin = TestLocations.Provider, Bucket = "bucket", Key = "a" }, sent, Call));

        // The first frame is whole; the second has the flipped bit.
        sent.Text.ShouldBe(text[..65536]);
    }

    public async Task InitializeAsync() => await _locations.OpenAsync(TestLocations.SpecOf(_folder.Create("bucket")), CancellationToken.None);

    public async Task DisposeAsync() => await _locations.DisposeAsync();

    public void Dispose()
    {
        _cancellation.Dispose();
        _folder.Dispose();
    }

    private static PutObjectRequest Message(string key, string body) =>
        new() { Plugin = TestLocations.Provider, Bucket = "bucket", Key = key, Body = ByteString.CopyFromUtf8(body) };

    private static async IAsyncEnumerable<PutObjectRequest> AsyncEnumerable(params PutObjectRequest[] messages)
    {
        foreach (var message in messages)
        {
            await Task.Yield();
            yield return message;
        }
    }

    private async Task<string> GetAsync(string key)
    {
        var sent = new Collected();
        await Transfer.GetAsync(new GetObjectRequest { Plugin = TestLocations.Provider, Bucket = "bucket", Key = key }, sent, Call);
        return sent.Text;
    }

    private void NothingIsStored() => File.Exists(_folder.FileOf("bucket", "a")).ShouldBeFalse();

    private sealed class Collected : IServerStreamWriter<Bytes>
    {
        public string Text { get; private set; } = "";

        public ValueTask WriteAsync(Bytes message, CancellationToken cancellationToken)
        {
            Text += message.Data.ToStringUtf8();
            return ValueTask.CompletedTask;
        }
    }
}
