namespace Aeos.Backup;

/// <summary>Which object of a backup.</summary>
/// <param name="GroupResource">The type's folder in the archive, such as <c>deployments.apps</c>.</param>
/// <param name="Namespace">The namespace that it was in; empty for none.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ItemKey(string GroupResource, string Namespace, string Name)
{
    /// <summary>The plural, without the group.</summary>
    public string Resource => TypeNames.Split(GroupResource).Plural;

    /// <summary>As Velero names objects in messages: <c>deployments.apps/shop/web</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{GroupResource}/{Name}" : $"{GroupResource}/{Namespace}/{Name}";
}
