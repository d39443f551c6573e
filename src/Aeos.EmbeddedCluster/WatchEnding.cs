namespace Aeos.Embedded;

/// <summary>How the open watches end when a test ends them.</summary>
public enum WatchEnding
{
    /// <summary>The answer ends in good order, as after its time.</summary>
    Closed,

    /// <summary>An ERROR event with a 410 Status comes first, as when what follows is no longer known.</summary>
    Expired,

    /// <summary>The connection breaks.</summary>
    Cut,
}
