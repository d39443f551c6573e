namespace Aeos.Server.Downloads.Serving;

/// <summary>What one endpoint bears.</summary>
internal sealed record EndpointLimits
{
    /// <summary>Connections at once; more are closed.</summary>
    public int Connections { get; init; } = 200;

    /// <summary>Downloads at once: each may hold two frames, of up to 16 MiB when somebody else wrote the object. Others wait.</summary>
    public int Downloads { get; init; } = 16;

    /// <summary>How long a download waits for its turn.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes a second that a client must take, on the average.</summary>
    public double SlowestReader { get; init; } = 1024;

    /// <summary>How long a client may take nothing; more than a second.</summary>
    public TimeSpan Stalling { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the handshake may take, and then the head of each request.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle between two requests.</summary>
    public TimeSpan Idling { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long downloads may go on when the server ends.</summary>
    public TimeSpan Ending { get; init; } = TimeSpan.FromSeconds(5);
}
