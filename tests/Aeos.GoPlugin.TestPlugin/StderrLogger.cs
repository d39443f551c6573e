using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.TestPlugin;

/// <summary>Logs as hclog does: JSON lines on stderr.</summary>
internal sealed class StderrLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = logLevel switch
        {
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error or LogLevel.Critical => "error",
            _ => "debug",
        };
        Console.Error.WriteLine($$"""{"@level":"{{level}}","@message":"{{JsonEncodedText.Encode(formatter(state, exception))}}"}""");
    }
}
