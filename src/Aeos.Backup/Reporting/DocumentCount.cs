namespace Aeos.Backup.Reporting;

/// <summary>Counts as documents have them: zeros are left out, as by Go's omitempty.</summary>
internal static class DocumentCount
{
    public static int? Of(int count) => count == 0 ? null : count;
}
