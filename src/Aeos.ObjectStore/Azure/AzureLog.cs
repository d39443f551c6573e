using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Azure;

/// <summary>What the Azure store logs.</summary>
internal static partial class AzureLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint}: authorized with {Kind}, because {Reason}")]
    public static partial void CredentialChosen(ILogger logger, BlobEndpoint endpoint, string kind, string reason);
}
