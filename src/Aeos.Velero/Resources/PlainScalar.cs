using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Velero.Resources;

/// <summary>
/// What an unquoted YAML value is. Kubernetes reads manifests as YAML 1.1, where <c>yes</c> is a boolean and <c>1_000</c> a number, and refuses both
/// where text is asked for.
/// </summary>
internal static partial class PlainScalar
{
    /// <summary>Whether the value is text: quoted, a block, or unquoted and nothing else.</summary>
    public static bool IsText(YamlScalarNode scalar) =>
        scalar.Style is not ScalarStyle.Plain || !(IsNull(scalar) || IsBoolean(scalar.Value!) || Number().IsMatch(scalar.Value!));

    /// <summary>Whether the value is null: nothing at all, <c>~</c> or <c>null</c>.</summary>
    public static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";

    /// <summary>For errors: <c>the number 1</c>.</summary>
    public static string Describe(YamlScalarNode scalar) =>
        IsText(scalar) ? "text" : IsNull(scalar) ? "null" : $"the {(IsBoolean(scalar.Value!) ? "boolean" : "number")} {scalar.Value}";

    private static bool IsBoolean(string value) => Boolean().IsMatch(value);

    [GeneratedRegex("^(y|Y|n|N|[Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)$", RegexOptions.CultureInvariant)]
    private static partial Regex Boolean();

    [GeneratedRegex(
        @"^[-+]?(0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))$|^\.(nan|NaN|NAN)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
