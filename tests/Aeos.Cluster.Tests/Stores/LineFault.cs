namespace Aeos.Cluster.Tests.Stores;

/// <summary>What a line or a service does to every request.</summary>
public enum LineFault
{
    /// <summary>Connections break half-way.</summary>
    Cut,

    /// <summary>Nothing moves any more half-way.</summary>
    Stalled,

    /// <summary>The service answers that it is busy.</summary>
    Busy,

    /// <summary>The service answers that there are too many requests.</summary>
    TooMany,
}
