using Aeos.GoPlugin;
using Aeos.GoPlugin.Server;
using Aeos.GoPlugin.TestPlugin;

return await PluginServer.RunAsync(
    new PluginServerOptions
    {
        Handshake = new HandshakeConfig("AEOS_TEST_PLUGIN", "wire", [2, 3]),
        Services = [WireService.Create()],
        Usage = "This is a plugin for the tests of Aeos; they start it.",
        Logger = new StderrLogger(),
        MapException = WireService.Map,
    },
    CancellationToken.None);
