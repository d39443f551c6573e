namespace Aeos.GoPlugin.Server;

/// <summary>The plugin's side of go-plugin: checks the cookie, listens on a Unix socket, prints the handshake line, serves until told to end.</summary>
public static class PluginServer
{
    /// <summary>Serves until the host asks for the end, SIGTERM or the token.</summary>
    /// <returns>The process's exit code: 0; 1 when no host started the process, or no protocol version is common to both.</returns>
    public static Task<int> RunAsync(PluginServerOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();
}
