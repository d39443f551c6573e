using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Server;

/// <summary>What the server itself says.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The host speaks the protocol versions {Offered}, this plugin {Own}: install a plugin that is made for this host.")]
    public static partial void NoCommonVersion(ILogger logger, string? offered, string own);

    [LoggerMessage(Level = LogLevel.Error, Message = "The plugin cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The plugin ends while calls are under way.")]
    public static partial void EndsDuringCalls(ILogger logger);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A connection was refused: it is not the host that started this plugin ({Reason}).")]
    public static partial void ConnectionRefused(ILogger logger, string reason);
}
