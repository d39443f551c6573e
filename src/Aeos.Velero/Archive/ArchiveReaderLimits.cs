namespace Aeos.Velero.Archive;

/// <summary>What an archive may cost its reader. An archive that asks for more is refused: it is damaged, or made to exhaust whoever opens it.</summary>
public sealed record ArchiveReaderLimits
{
    /// <summary>The largest entry, in bytes: 16 MiB. etcd takes 1.5 MiB of an object unless told otherwise.</summary>
    public int EntryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Entries of any kind: 8 million. An object has two.</summary>
    public long Entries { get; init; } = 8_000_000;

    /// <summary>Bytes of the tar stream: 256 GiB.</summary>
    public long TotalBytes { get; init; } = 256L * 1024 * 1024 * 1024;

    /// <summary>The longest name of an entry, in bytes. Kubernetes' own limits leave a path under 1,200.</summary>
    public int NameBytes { get; init; } = 4096;
}
