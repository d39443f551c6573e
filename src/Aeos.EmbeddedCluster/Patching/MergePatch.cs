using System.Text.Json.Nodes;

namespace Aeos.Embedded.Patching;

/// <summary>JSON Merge Patch, RFC 7386: null takes away, objects merge, everything else replaces.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject map)
            {
                target[name] = Apply(target[name] is JsonObject there ? (JsonObject)there.DeepClone() : [], map);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
