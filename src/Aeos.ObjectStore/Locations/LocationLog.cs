using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>What opening a location logs.</summary>
internal static partial class LocationLog
{
    /// <summary>A key is weak, or was meant to be decoded.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void KeyWarning(ILogger logger, string warning);

    /// <summary>The file that the environment names is passed over.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "The file that ${Variable} names is passed over: {Cause}.")]
    public static partial void CredentialsFileUnreadable(ILogger logger, string variable, string cause);
}
