using Aeos.Server.Downloads.Addresses;

namespace Aeos.Server.Downloads.Serving;

/// <summary>Where the endpoint has objects from.</summary>
internal interface IDownloadSource
{
    /// <summary>Opens an object, decrypted: what comes out is verified, up to the stream's end or its error.</summary>
    /// <exception cref="ObjectStore.ObjectNotFoundException">There is none.</exception>
    /// <exception cref="AeosException">No key opens it, it was changed, or the store does not answer.</exception>
    Task<Stream> OpenAsync(DownloadAddress address, CancellationToken cancellationToken);
}
