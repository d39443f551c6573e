using System.Text;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Listings;

/// <summary>Resources as programs read them: one as it is, none or several as a list, as Velero does it.</summary>
internal static class DocumentText
{
    /// <param name="resources">The resources.</param>
    /// <param name="format">JSON or YAML.</param>
    public static string Of<TResource>(IReadOnlyList<TResource> resources, ListingFormat format)
        where TResource : IListedDocument
    {
        if (resources is [var only])
        {
            return JsonText.Format(only.ToJson(), format);
        }

        var items = string.Join(',', resources.Select(static resource => Encoding.UTF8.GetString(resource.ToJson())));
        return JsonText.Format(Encoding.UTF8.GetBytes($$"""{"apiVersion":"{{BackupDocument.VeleroVersion}}","items":[{{items}}],"kind":"{{TResource.ListKind}}"}"""), format);
    }
}
