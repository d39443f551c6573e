using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Aeos.Velero.Archive;

/// <summary>
/// Where an item is in an archive: <c>resources/TYPE.GROUP[/VERSION[-preferredversion]]/{cluster|namespaces/NS}/NAME.json</c>
/// (Velero 1.18, pkg/archive/filesystem.go). Archives before 1.1.0 have the form without a version alone.
/// </summary>
/// <param name="GroupResource">The type, as in <c>deployments.apps</c> or <c>pods</c>.</param>
/// <param name="Version">The API version's folder; empty in the form without one.</param>
/// <param name="IsPreferred">Whether that folder is the preferred version's.</param>
/// <param name="Namespace">The namespace; empty for items in none.</param>
/// <param name="Name">The item's name.</param>
public sealed record ArchivePath(string GroupResource, string Version, bool IsPreferred, string Namespace, string Name)
{
    // What char.IsControl is true for, and the other system's separator.
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl), '\\']);

    /// <summary>The form without a version: what every reader of archives knows.</summary>
    public static ArchivePath Of(string groupResource, string @namespace, string name) => new(groupResource, "", false, @namespace, name);

    /// <summary>The twin of an item under the version that the cluster preferred.</summary>
    public static ArchivePath Preferred(string groupResource, string version, string @namespace, string name)
        => new(groupResource, version, true, @namespace, name);

    /// <summary>Whether it can be an entry's name: no part of it is empty that must not be, holds a separator or a control character, or is <c>.</c> or <c>..</c>.</summary>
    public bool IsSafe => IsPart(GroupResource) && IsPart(Name) && (Namespace.Length == 0 || IsPart(Namespace)) && (Version.Length == 0 || IsPart(Version));

    /// <summary>Reads an entry's name.</summary>
    /// <param name="path">The name, with slashes.</param>
    /// <param name="result">What it says.</param>
    /// <returns>
    /// False for every name that is not exactly of this form: other folders, empty segments, <c>.</c> and <c>..</c>, backslashes, control characters.
    /// A result therefore never leads out of the archive.
    /// </returns>
    public static bool TryParse(string path, [NotNullWhen(true)] out ArchivePath? result)
    {
        result = null;
        var segments = path.Split('/');
        if (segments.Length is < 4 or > 6 || segments[0] != ArchiveFormat.ResourcesFolder || !segments.All(IsPlain)
            || !segments[^1].EndsWith(ArchiveFormat.ItemEnding, StringComparison.Ordinal))
        {
            return false;
        }

        // A scope is two segments for a namespace, one for the cluster; what is left before it is the version.
        // With four segments the second is the type, even when it is "namespaces".
        var isCluster = segments[^2] == ArchiveFormat.ClusterFolder
            && (segments.Length == 4 || (segments.Length == 5 && segments[^3] != ArchiveFormat.NamespacesFolder));
        var isNamespaced = segments.Length >= 5 && segments[^3] == ArchiveFormat.NamespacesFolder;
        if (!isCluster && !isNamespaced)
        {
            return false;
        }

        var versions = segments[2..(isCluster ? ^2 : ^3)];
        var name = segments[^1][..^ArchiveFormat.ItemEnding.Length];
        if (versions.Length > 1 || name.Length == 0 || !IsPlain(name))
        {
            return false;
        }

        var version = versions.Length == 0 ? "" : versions[0];
        var isPreferred = version.EndsWith(ArchiveFormat.PreferredSuffix, StringComparison.Ordinal);
        version = isPreferred ? version[..^ArchiveFormat.PreferredSuffix.Length] : version;
        if ((isPreferred && version.Length == 0) || version is ArchiveFormat.ClusterFolder or ArchiveFormat.NamespacesFolder)
        {
            return false;
        }

        result = new ArchivePath(segments[1], version, isPreferred, isCluster ? "" : segments[^2], name);
        return true;
    }

    /// <summary>The entry's name.</summary>
    public override string ToString()
    {
        var version = Version.Length == 0 ? "" : $"{Version}{(IsPreferred ? ArchiveFormat.PreferredSuffix : "")}/";
        var scope = Namespace.Length == 0 ? ArchiveFormat.ClusterFolder : $"{ArchiveFormat.NamespacesFolder}/{Namespace}";
        return $"{ArchiveFormat.ResourcesFolder}/{GroupResource}/{version}{scope}/{Name}{ArchiveFormat.ItemEnding}";
    }

    private static bool IsPart(string part) => IsPlain(part) && !part.Contains('/');

    private static bool IsPlain(string segment) => segment.Length > 0 && segment is not ("." or "..") && !segment.AsSpan().ContainsAny(Unwanted);
}
