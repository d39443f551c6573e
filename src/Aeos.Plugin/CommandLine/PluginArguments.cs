using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.CommandLine;

/// <summary>
/// What is on the plugin's command line. Velero starts plugins with its own server's flags (pkg/plugin/clientmgmt/process/client_builder.go): the
/// plugin takes the log level from them and passes over whatever else is there, so that a new flag of Velero's never keeps it from starting.
/// </summary>
internal static class PluginArguments
{
    private const string LogLevelFlag = "--log-level";

    /// <summary>The level of <c>--log-level</c>, the last where it is given twice; info without it or when it is none of Velero's.</summary>
    public static LogLevel LogLevelOf(IReadOnlyList<string> arguments)
    {
        var level = LogLevel.Information;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == LogLevelFlag && i + 1 < arguments.Count)
            {
                level = Parse(arguments[++i]) ?? level;
            }
            else if (arguments[i].StartsWith($"{LogLevelFlag}=", StringComparison.Ordinal))
            {
                level = Parse(arguments[i][(LogLevelFlag.Length + 1)..]) ?? level;
            }
        }

        return level;
    }

    /// <summary>The levels of Velero's flag (logrus): fatal and panic are lines that a plugin never writes.</summary>
    private static LogLevel? Parse(string name) => name.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "PANIC" => LogLevel.Critical,
        _ => null,
    };
}
