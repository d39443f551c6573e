using Aeos;
using Aeos.Encryption.Keys;
using Aeos.GoPlugin.Server;
using Aeos.ObjectStore.Locations;
using Aeos.Plugin.CommandLine;
using Aeos.Plugin.Locations;
using Aeos.Plugin.Logging;
using Aeos.Plugin.Services;
using Aeos.Velero.Plugins;

// Keys and plaintext are in this process's memory: it leaves no image of it behind.
CoreDumps.Disable();

var startedByHost = Environment.GetEnvironmentVariable(VeleroServices.Handshake.MagicCookieKey) is not null;
if (!startedByHost && args is ["--version"])
{
    Console.Out.WriteLine($"velero-plugin-aeos {ProductVersion.Text}");
    return 0;
}

if (!OperatingSystem.IsWindows() && !startedByHost && args is [CopyTo.Name, var folder])
{
    try
    {
        await CopyTo.RunAsync(Environment.ProcessPath!, folder, CancellationToken.None);
        return 0;
    }
    catch (AeosException e)
    {
        Console.Error.WriteLine($"velero-plugin-aeos: {e.Cause}.\n{e.Remedy}");
        return 1;
    }
}

var logger = new JsonLineLogger(Console.OpenStandardError(), PluginArguments.LogLevelOf(args), TimeProvider.System);
await using var locations = new OpenLocations(new LocationOpener(Environment.GetEnvironmentVariable, logger));
return await PluginServer.RunAsync(
    new PluginServerOptions
    {
        Handshake = VeleroServices.Handshake,
        Services =
        [
            PluginListerService.Create(StartCommand.Text, LocationOpener.Providers),
            new ObjectStoreService(locations, logger).Create(),
        ],
        Usage = Usage.Text(LocationOpener.Providers),
        Logger = logger,
        MapException = failure => CallStatus.Of(failure, logger),
    },
    CancellationToken.None);
