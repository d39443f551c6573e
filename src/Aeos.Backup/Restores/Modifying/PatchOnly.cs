using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>What a strategic merge patch adds where the object has nothing: without nulls, and without what only directs merging.</summary>
internal static class PatchOnly
{
    /// <summary>Cleans a value; false when it is nothing but a directive.</summary>
    public static bool Kept(JsonNode? value, out JsonNode? kept)
    {
        kept = value;
        switch (value)
        {
            case JsonObject map:
                if (map.ContainsKey(StrategicMerge.Directive))
                {
                    return false;
                }

                foreach (var (name, inner) in map.ToList())
                {
                    if (inner is null || !Kept(inner, out _))
                    {
                        map.Remove(name);
                    }
                }

                return true;
            case JsonArray list:
                list.RemoveAll(static entry => !Kept(entry, out _));
                return true;
            default:
                return true;
        }
    }
}
