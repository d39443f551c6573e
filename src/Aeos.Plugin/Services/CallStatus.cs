using Aeos.Encryption;
using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Services;

/// <summary>Turns a failure into the status and the text that Velero shows.</summary>
internal static partial class CallStatus
{
    /// <summary>
    /// Velero takes an object for gone when an error's text holds one of these (pkg/controller/backup_deletion_controller.go, isTarballNotFoundError)
    /// and goes on deleting: no other failure may say them, whatever is beneath it.
    /// </summary>
    private static readonly (string Words, string Instead)[] GoneWords =
    [
        ("not found", "missing"),
        ("does not exist", "is missing"),
        ("nosuchkey", "no such key"),
        ("blobnotfound", "blob missing"),
        ("objectnotexist", "object missing"),
    ];

    /// <summary>
    /// The failure as the call's status. It is logged for debugging only: the host reports what it was told, and an error line in its log would make
    /// a backup PartiallyFailed.
    /// </summary>
    public static RpcException Of(Exception failure, ILogger logger)
    {
        var status = Of(failure);
        LogFailure(logger, status.StatusCode, failure);
        return status;
    }

    private static RpcException Of(Exception failure) => failure switch
    {
        ObjectNotFoundException => new RpcException(StatusCode.NotFound, failure.Message, innerException: failure),
        LocationRefusedException or KeyRefusedException or ObjectKeyRefusedException => Failure(StatusCode.InvalidArgument, failure.Message, failure),
        MessageRefusedException => Failure(StatusCode.DataLoss, failure.Message, failure),
        ObjectStoreException => Failure(StatusCode.Unavailable, failure.Message, failure),
        AeosException => Failure(StatusCode.FailedPrecondition, failure.Message, failure),
        _ => Failure(
            StatusCode.Internal,
            $"the plugin failed unexpectedly ({failure.GetType().Name}): {failure.Message.TrimEnd('.')}. Run Velero with --log-level debug and report what it logs.",
            failure),
    };

    /// <summary>A failure that is no missing object, with a text that does not say so either.</summary>
    public static RpcException Failure(StatusCode status, string text, Exception failure)
    {
        foreach (var (words, instead) in GoneWords)
        {
            text = text.Replace(words, instead, StringComparison.OrdinalIgnoreCase);
        }

        return new RpcException(status, text, innerException: failure);
    }

    [LoggerMessage(LogLevel.Debug, "a call ends with status {Status}")]
    private static partial void LogFailure(ILogger logger, StatusCode status, Exception exception);
}
