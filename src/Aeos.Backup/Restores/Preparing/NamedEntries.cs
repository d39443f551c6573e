using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Lists whose entries have names.</summary>
internal static class NamedEntries
{
    /// <summary>Removes entries by their names; a list that is left empty goes too.</summary>
    public static void Remove(JsonObject of, string list, Func<string, bool> isRemoved)
    {
        if (of[list] is JsonArray entries && entries.RemoveAll(entry => isRemoved((entry as JsonObject).Text("name"))) > 0 && entries.Count == 0)
        {
            of.Remove(list);
        }
    }
}
