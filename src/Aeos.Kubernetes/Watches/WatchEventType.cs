namespace Aeos.Kubernetes.Watches;

/// <summary>What has happened to an object that is watched.</summary>
public enum WatchEventType
{
    /// <summary>It is there.</summary>
    Added,

    /// <summary>It has changed.</summary>
    Modified,

    /// <summary>It is gone; the event carries its last state.</summary>
    Deleted,

    /// <summary>Nothing happened: the event's object carries a newer <c>resourceVersion</c> to go on from, and little else.</summary>
    Bookmark,

    /// <summary>The state to go on from is too old (410): list anew and watch from there. Always the last event; its object is empty.</summary>
    RelistRequired,
}
