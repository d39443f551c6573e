namespace Aeos.Embedded.Patching;

/// <summary>
/// By which field the entries of a list are told apart when lists merge. Kubernetes has it with each field of each type; here the name of
/// the list, and of the field that holds it where that matters, decides, which is right for the common types.
/// </summary>
internal static class MergeKeys
{
    /// <summary>The key; an empty text where the entries are plain values that merge as a set; null where a list is replaced whole.</summary>
    public static string? Of(string list, string? holder) => (list, holder) switch
    {
        ("ports", "spec") => "port",
        ("ports", _) => "containerPort",
        ("volumeMounts", _) => "mountPath",
        ("volumeDevices", _) => "devicePath",
        ("ownerReferences", _) => "uid",
        ("conditions", _) => "type",
        ("hostAliases", _) => "ip",
        ("topologySpreadConstraints", _) => "topologyKey",
        ("containers" or "initContainers" or "ephemeralContainers" or "volumes" or "env" or "imagePullSecrets" or "resourceClaims" or "webhooks", _) => "name",
        ("secrets", null) => "name",
        ("finalizers", _) => "",
        _ => null,
    };
}
