namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>What <c>velero backup describe --details</c> asks for: the resources, and where the three objects are that it shows.</summary>
internal sealed record BackupDescription(Answer Backup, Answer Deletions, Answer Volumes, Uri Results, Uri ResourceList, Uri VolumeInfos);
