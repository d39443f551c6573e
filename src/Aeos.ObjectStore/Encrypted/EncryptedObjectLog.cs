using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>What the encrypting store logs.</summary>
internal static partial class EncryptedObjectLog
{
    /// <summary>An object that should be a message is not one, and is read all the same.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "The object \"{Key}\" is not encrypted: read all the same, since allowPlaintext is set. Nothing says who wrote it.")]
    public static partial void PlaintextLetThrough(ILogger logger, string key);
}
