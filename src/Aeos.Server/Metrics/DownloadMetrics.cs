namespace Aeos.Server.Metrics;

/// <summary>What is counted at the download endpoint.</summary>
internal sealed class DownloadMetrics
{
    private readonly Counter _requests;
    private readonly EncryptionMetrics _encryption;

    public DownloadMetrics(MetricRegistry registry, EncryptionMetrics encryption)
    {
        _encryption = encryption;
        _requests = registry.Counter("aeos_download_requests_total", "Requests at the download endpoint, by how they ended: served, refused, missing or failed", "result");
        foreach (var result in (string[])["served", "refused", "missing", "failed"])
        {
            _requests.Add(0, result);
        }
    }

    /// <summary>An object was sent whole.</summary>
    public void Served() => _requests.Add(1, "served");

    /// <summary>A request had no valid signature.</summary>
    public void Refused() => _requests.Add(1, "refused");

    /// <summary>The object is not there.</summary>
    public void Missing() => _requests.Add(1, "missing");

    /// <summary>The object could not be read, or not to its end.</summary>
    public void Failed(string location, Exception failure)
    {
        _requests.Add(1, "failed");
        _encryption.NoteFailure(location, failure);
    }
}
