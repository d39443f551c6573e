using System.Threading.Channels;

namespace Aeos.Backup.Hooks;

/// <summary>The newest that is known of one pod: what is older and was not taken is forgotten.</summary>
internal sealed class PodMailbox
{
    private readonly Channel<PodNews> _news = Channel.CreateBounded<PodNews>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Put(PodNews news) => _news.Writer.TryWrite(news);

    /// <summary>Ends the news; whoever takes gets the failure.</summary>
    public void Fail(Exception failure) => _news.Writer.TryComplete(failure);

    public async ValueTask<PodNews> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _news.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }
}
