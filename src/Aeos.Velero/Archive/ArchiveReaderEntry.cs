namespace Aeos.Velero.Archive;

/// <summary>A file of an archive.</summary>
/// <param name="Name">The name as it stands in the archive, not checked against any layout.</param>
/// <param name="Content">The bytes; valid until the next entry is read.</param>
public readonly record struct ArchiveReaderEntry(string Name, ReadOnlyMemory<byte> Content);
