using System.Collections.Concurrent;
using Aeos.GoPlugin.Client;
using Aeos.Velero.Plugins;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Tests;

/// <summary>The built plugin in a process of its own, started as Velero starts it.</summary>
public sealed class PluginFixture : IAsyncLifetime, ILogger
{
    /// <summary>The program that the build puts beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "velero-plugin-aeos");

    public ConcurrentQueue<(LogLevel Level, string Text)> Log { get; } = [];

    public PluginProcess Process { get; private set; } = null!;

    public ObjectStoreClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Process = await PluginProcess.StartAsync(
            new PluginProcessOptions
            {
                FileName = Program,
                Arguments = ["--log-level", "debug", "--features=EnableCSI", "--uploader-type", "kopia"],
                Handshake = VeleroServices.Handshake,
                Logger = this,
            },
            CancellationToken.None);
        Client = new ObjectStoreClient(Process.Channel, TestLocations.Provider);
    }

    public async Task DisposeAsync() => await Process.DisposeAsync();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue((logLevel, formatter(state, exception)));
}
