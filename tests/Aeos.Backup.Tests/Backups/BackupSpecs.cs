using System.Text;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>Specs as users write them, so that the fields' names are Velero's.</summary>
internal static class BackupSpecs
{
    public static BackupSpec Parse(string json)
        => BackupDocument.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"x"},"spec":{{json}},"status":{} }"""), "spec").Spec;
}
