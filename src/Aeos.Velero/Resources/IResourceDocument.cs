namespace Aeos.Velero.Resources;

/// <summary>A resource of <c>velero.io/v1</c>, as a cluster or a bucket keeps it.</summary>
public interface IResourceDocument
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, labels.</summary>
    DocumentMetadata Metadata { get; }
}
