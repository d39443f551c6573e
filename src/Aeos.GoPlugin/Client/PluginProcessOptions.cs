using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Client;

/// <summary>How a host starts a plugin.</summary>
public sealed record PluginProcessOptions
{
    /// <summary>The executable, and what is on its command line: never a secret.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables set on top of the host's environment; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Cookie and protocol versions.</summary>
    public required HandshakeConfig Handshake { get; init; }

    /// <summary>Encrypts the connection with certificates made for this one process.</summary>
    public bool AutoMtls { get; init; }

    /// <summary>How long the handshake may take. Default a minute, as go-plugin's.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Takes the plugin's log lines.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock for deadlines and certificates.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
