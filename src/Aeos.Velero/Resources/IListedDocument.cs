namespace Aeos.Velero.Resources;

/// <summary>A resource that people list and programs read.</summary>
public interface IListedDocument : IResourceDocument
{
    /// <summary>The kind of a list of them, such as <c>BackupList</c>.</summary>
    static abstract string ListKind { get; }

    /// <summary>It as JSON in UTF-8, on one line.</summary>
    byte[] ToJson();
}
