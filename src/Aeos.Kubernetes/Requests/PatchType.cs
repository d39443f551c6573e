namespace Aeos.Kubernetes.Requests;

/// <summary>How a patch is written.</summary>
public enum PatchType
{
    /// <summary>RFC 6902: a list of operations.</summary>
    Json,

    /// <summary>RFC 7386: the fields to set; null removes.</summary>
    Merge,

    /// <summary>Kubernetes' own: as merge, with lists merged by their keys. Not for custom resources.</summary>
    Strategic,

    /// <summary>Server-side apply: the fields that a field manager wants.</summary>
    Apply,
}
