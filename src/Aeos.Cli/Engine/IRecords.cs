using Aeos.Backup.Filters;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What backups and restores left: in a bucket that is read here, or in the cluster's resources and what their server hands out.</summary>
internal interface IRecords : IAsyncDisposable
{
    /// <summary>Finds the backups that are named, or all, in Velero's order.</summary>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or no backup.</exception>
    Task<FoundResources<BackupDocument>> FindBackupsAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken);

    /// <summary>Finds the restores that are named, or all, by name.</summary>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or no restore.</exception>
    Task<FoundResources<RestoreDocument>> FindRestoresAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken);

    /// <summary>Reads an object beside a backup for a description, which goes on when it stays closed.</summary>
    Task<Companion> ReadAsync(RecordPart part, BackupDocument backup, CancellationToken cancellationToken);

    /// <summary>Reads an object beside a restore for a description, which goes on when it stays closed.</summary>
    Task<Companion> ReadAsync(RecordPart part, RestoreDocument restore, CancellationToken cancellationToken);

    /// <summary>Opens a backup's log, unpacked.</summary>
    /// <exception cref="AeosException">It is not there, or cannot be read.</exception>
    Task<Stream> OpenLogAsync(BackupDocument backup, CancellationToken cancellationToken);

    /// <summary>Opens a restore's log, unpacked.</summary>
    /// <exception cref="AeosException">It is not there, or cannot be read.</exception>
    Task<Stream> OpenLogAsync(RestoreDocument restore, CancellationToken cancellationToken);

    /// <summary>Opens a backup's archive, decrypted, a tar.gz.</summary>
    /// <exception cref="AeosException">It is not there, or cannot be read.</exception>
    Task<Stream> OpenArchiveAsync(BackupDocument backup, CancellationToken cancellationToken);

    /// <summary>The requests to delete a backup.</summary>
    Task<IReadOnlyList<DeleteBackupRequestDocument>> FindDeletionsAsync(BackupDocument backup, CancellationToken cancellationToken);

    /// <summary>What a backup's archive is, by its first bytes; null: nobody can look.</summary>
    Task<string?> GlanceAsync(BackupDocument backup, CancellationToken cancellationToken);
}
