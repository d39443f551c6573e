using Microsoft.Extensions.Logging;

namespace Aeos.Server.Logs;

/// <summary>Levels under the names that Velero's servers know: <c>--log-level</c>.</summary>
public static class LogLevels
{
    /// <summary>The names, the least important first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trace", "debug", "info", "warning", "error", "fatal", "panic"];

    /// <summary>Reads a name; capitals do not matter.</summary>
    /// <returns>False: it is none of <see cref="Names"/>.</returns>
    public static bool TryParse(string name, out LogLevel level)
    {
        var index = Names.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        level = (LogLevel)Math.Clamp(index, 0, (int)LogLevel.Critical);
        return index >= 0;
    }

    /// <summary>The name of a level.</summary>
    internal static string NameOf(LogLevel level) => Names[Math.Min((int)level, (int)LogLevel.Critical)];
}
