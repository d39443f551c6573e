namespace Aeos.Backup.Backups.Actions;

/// <summary>An item that another one takes along.</summary>
/// <param name="GroupResource">Its type, such as <c>persistentvolumes</c>.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct ItemReference(string GroupResource, string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? $"{GroupResource} {Name}" : $"{GroupResource} {Namespace}/{Name}";
}
