namespace Aeos.Kubernetes.Lists;

/// <summary>Of how many states a list's items are.</summary>
public enum ListConsistency
{
    /// <summary>All items are of one state of the cluster: none is missing, none comes twice.</summary>
    Snapshot,

    /// <summary>
    /// The state went out of the server's memory in mid-list and the rest is of a newer one: what was created or deleted in between may be
    /// missing or there; no item comes twice.
    /// </summary>
    Mixed,

    /// <summary>The list had to be begun anew in the middle: items that had come already come again, perhaps in a newer state.</summary>
    Restarted,
}
