using Azure.Core;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>
/// Azure.Core's settings. Its diagnostics show no header and no query parameter that is not named here: signatures never.
/// </summary>
internal sealed class BlobClientOptions : ClientOptions
{
    /// <summary>
    /// The version of the service's REST interface that every request names. It has blocks of 4,000 MiB (2019-12-12), encryption scopes
    /// (2019-02-02) and listings that mark names which XML cannot carry (2021-02-12), and every cloud knows it.
    /// </summary>
    public const string ServiceVersion = "2021-12-02";

    /// <summary>Makes the settings.</summary>
    public BlobClientOptions()
    {
        Diagnostics.ApplicationId = "aeos";
        Diagnostics.IsDistributedTracingEnabled = false;
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.LoggedQueryParameters.Clear();
        foreach (var parameter in (string[])["comp", "restype", "timeout"])
        {
            Diagnostics.LoggedQueryParameters.Add(parameter);
        }

        foreach (var header in (string[])["x-ms-error-code", "x-ms-version", "x-ms-date", "x-ms-range", "Retry-After"])
        {
            Diagnostics.LoggedHeaderNames.Add(header);
        }
    }
}
