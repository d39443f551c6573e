using Aeos.ObjectStore;

namespace Aeos.Cli.Cluster;

/// <summary>What is being downloaded. That it breaks off is said in words about the server, which does so when an object turns out to be damaged.</summary>
/// <param name="response">The answer. Owned.</param>
/// <param name="content">Its body.</param>
/// <param name="part">What it is.</param>
internal sealed class DownloadBody(HttpResponseMessage response, Stream content, string part) : ForwardReadStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new AeosException(
                $"the download of {part} broke off", "The server ends it when the object is damaged or was changed: its log says so. Otherwise run the command again.", failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
