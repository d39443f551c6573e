using System.Text.Json.Nodes;

namespace Aeos.Server.Installation;

/// <summary>Something that the server may do.</summary>
/// <param name="Groups">API groups.</param>
/// <param name="Resources">Types of resources.</param>
/// <param name="Verbs">What is allowed.</param>
/// <param name="Reason">What the server needs it for: docs/operations.md has the same words.</param>
internal sealed record PermissionRule(string[] Groups, string[] Resources, string[] Verbs, string Reason)
{
    /// <summary>The only resources that it is allowed for; none: all.</summary>
    public string[] Names { get; init; } = [];

    public JsonObject ToJson()
    {
        var rule = new JsonObject { ["apiGroups"] = Manifest.Texts(Groups), ["resources"] = Manifest.Texts(Resources), ["verbs"] = Manifest.Texts(Verbs) };
        if (Names.Length > 0)
        {
            rule["resourceNames"] = Manifest.Texts(Names);
        }

        return rule;
    }
}
