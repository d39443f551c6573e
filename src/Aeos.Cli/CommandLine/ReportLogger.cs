using Microsoft.Extensions.Logging;

namespace Aeos.Cli.CommandLine;

/// <summary>Takes the warnings of the rooms beneath to stderr; what they say for information is not for a command's user.</summary>
internal sealed class ReportLogger : ILogger
{
    public static ReportLogger Instance { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Report.Warning(formatter(state, exception));
        }
    }
}
