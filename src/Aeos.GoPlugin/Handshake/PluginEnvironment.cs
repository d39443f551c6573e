namespace Aeos.GoPlugin.Handshake;

/// <summary>The environment variables by which a host tells a plugin what it wants (go-plugin's <c>client.go</c> and <c>constants.go</c>).</summary>
internal static class PluginEnvironment
{
    /// <summary>The application protocol versions that the host speaks, separated by commas. Hosts before versioned plugins do not set it.</summary>
    public const string ProtocolVersions = "PLUGIN_PROTOCOL_VERSIONS";

    /// <summary>The host's one-time certificate in PEM: the wish for AutoMTLS.</summary>
    public const string ClientCertificate = "PLUGIN_CLIENT_CERT";

    /// <summary>The folder in which the host wants to find the socket.</summary>
    public const string UnixSocketFolder = "PLUGIN_UNIX_SOCKET_DIR";

    /// <summary>The group that shall be able to use the socket. Taken note of only: see <see cref="Server.SocketFolder"/>.</summary>
    public const string UnixSocketGroup = "PLUGIN_UNIX_SOCKET_GROUP";

    /// <summary>The wish to have the broker's connections on the one socket; a plugin that leaves the line's seventh field out says no.</summary>
    public const string MultiplexGrpc = "PLUGIN_MULTIPLEX_GRPC";

    /// <summary>The lowest TCP port that the host offers: for plugins without Unix sockets.</summary>
    public const string MinPort = "PLUGIN_MIN_PORT";

    /// <summary>The highest TCP port that the host offers.</summary>
    public const string MaxPort = "PLUGIN_MAX_PORT";
}
