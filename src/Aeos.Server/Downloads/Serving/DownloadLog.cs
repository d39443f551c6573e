using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Serving;

/// <summary>What the download endpoint logs: objects, never addresses.</summary>
internal static partial class DownloadLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} of {Location}/{Bucket}/{Key}: {Result}, {Bytes} bytes in {Milliseconds} ms")]
    public static partial void Answered(ILogger logger, string method, string location, string bucket, string key, string result, long bytes, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} downloads were refused: their addresses are forged, damaged or expired")]
    public static partial void Refused(ILogger logger, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "\"{Key}\" could not be handed out: {Reason}")]
    public static partial void Failed(ILogger logger, string key, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "\"{Key}\" could not be handed out: this is a defect")]
    public static partial void Broke(ILogger logger, string key, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Downloads are served on port {Port}, under {Url}")]
    public static partial void Listening(ILogger logger, int port, string url);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate of the download endpoint could not be read again, and stays as it was: {Reason}")]
    public static partial void CertificateKept(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The download endpoint has a new certificate authority, in the Secret {Namespace}/{Name}: give its ca.crt to those who download with --cacert")]
    public static partial void NewAuthority(ILogger logger, string @namespace, string name);
}
