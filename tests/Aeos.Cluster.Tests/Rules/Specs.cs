using System.Text;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

/// <summary>Specs as users write them, so that the fields' names are Velero's.</summary>
internal static class Specs
{
    public static BackupSpec Backup(string json)
        => BackupDocument.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"Backup","metadata":{},"spec":{{json}},"status":{} }"""), "test").Spec;

    public static RestoreSpec Restore(string json)
        => RestoreDocument.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"Restore","metadata":{},"spec":{{json}},"status":{} }"""), "test").Spec;
}
