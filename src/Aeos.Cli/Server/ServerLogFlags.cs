using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Server.Logs;

namespace Aeos.Cli.Server;

/// <summary>Velero's flags of the log.</summary>
internal sealed class ServerLogFlags
{
    private readonly Option<string> _level = new("--log-level")
    {
        HelpName = "LEVEL",
        DefaultValueFactory = static _ => "info",
        Description = $"What is logged: {string.Join(", ", LogLevels.Names)}.",
    };

    private readonly Option<string> _format = new("--log-format") { HelpName = "text|json", DefaultValueFactory = static _ => "text", Description = "How: logrus' text, or JSON, one object a line." };

    public ServerLogFlags() => _format.AcceptOnlyFromAmong("text", "json");

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_format);
    }

    /// <summary>Opens the log, on standard output.</summary>
    /// <exception cref="UsageException">There is no such level.</exception>
    public ServerLog Open(ParseResult result)
        => LogLevels.TryParse(result.GetRequiredValue(_level), out var level)
            ? new ServerLog(Console.OpenStandardOutput(), result.GetValue(_format) == "json" ? LogFormat.Json : LogFormat.Text, level, TimeProvider.System)
            : throw new UsageException($"there is no level \"{result.GetValue(_level)}\" for {_level.Name}", $"Known: {string.Join(", ", LogLevels.Names)}.");
}
