using Aeos.Server.Downloads.Serving;

namespace Aeos.Server.Tests.Downloads;

public sealed class OwningStreamTests
{
    [Fact]
    public async Task What_it_holds_open_is_closed_even_if_the_content_cannot_be()
    {
        var closed = false;
        var stream = new OwningStream(new Stuck(), () =>
        {
            closed = true;
            return ValueTask.CompletedTask;
        });

        await Should.ThrowAsync<IOException>(async () => await stream.DisposeAsync());

        closed.ShouldBeTrue();
    }

    private sealed class Stuck : MemoryStream
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            throw new IOException("the store is away");
        }
    }
}
