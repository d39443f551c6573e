namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>What <c>velero restore describe --details</c> asks for: the resources, and where the three objects are that it shows.</summary>
internal sealed record RestoreDescription(Answer Restore, Answer Volumes, Uri Results, Uri VolumeInfo, Uri ResourceList);
