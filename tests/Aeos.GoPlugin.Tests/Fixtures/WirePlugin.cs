using Aeos.GoPlugin.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.GoPlugin.Tests.Fixtures;

/// <summary>Starts the test plugin as a process.</summary>
internal static class WirePlugin
{
    public static string FileName { get; } = Path.Combine(AppContext.BaseDirectory, "Aeos.GoPlugin.TestPlugin");

    public static HandshakeConfig Handshake { get; } = new("AEOS_TEST_PLUGIN", "wire", [2]);

    public static PluginProcessOptions Options(ILogger? logger = null) => new()
    {
        FileName = FileName,
        Handshake = Handshake,
        Logger = logger ?? NullLogger.Instance,
    };

    public static Task<PluginProcess> StartAsync(bool autoMtls = false) =>
        PluginProcess.StartAsync(Options() with { AutoMtls = autoMtls }, CancellationToken.None);
}
