using System.Text;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Listings;

/// <summary>Documents as programs read them: one as it is, none or several as a list, as Velero does it.</summary>
internal static class DocumentText
{
    /// <param name="documents">The documents' JSON.</param>
    /// <param name="listKind">The kind of a list of them, such as <c>BackupList</c>.</param>
    /// <param name="format">JSON or YAML.</param>
    public static string Of(IReadOnlyList<byte[]> documents, string listKind, ListingFormat format)
    {
        if (documents is [var only])
        {
            return JsonText.Format(only, format);
        }

        var items = string.Join(',', documents.Select(Encoding.UTF8.GetString));
        return JsonText.Format(Encoding.UTF8.GetBytes($$"""{"apiVersion":"velero.io/v1","items":[{{items}}],"kind":"{{listKind}}"}"""), format);
    }
}
