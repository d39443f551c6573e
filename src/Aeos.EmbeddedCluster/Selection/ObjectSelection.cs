using Aeos.Embedded.Storage;

namespace Aeos.Embedded.Selection;

/// <summary>Which objects of a type a request is about.</summary>
internal sealed record ObjectSelection(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether every object of the namespace is meant.</summary>
    public bool IsWhole => Labels.IsEmpty && Fields.IsEmpty;

    public bool Matches(StoredObject item) =>
        (Namespace is null || item.Namespace == Namespace) && Labels.Matches(item.Labels) && Fields.Matches(item);
}
