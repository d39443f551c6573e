namespace Aeos.Backup.Restores.Preparing;

/// <summary>Why an object of the backup is not restored, by a rule.</summary>
/// <param name="Reason">For the log, such as <c>it is completed</c>.</param>
/// <param name="IsListed">Whether the restore's resource list has the object as skipped; Velero leaves completed ones out of it.</param>
internal sealed record Omission(string Reason, bool IsListed = true);
