using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>A restore's resource modifiers: rules that change objects before they are created (Velero 1.18, internal/resourcemodifiers).</summary>
internal sealed class ResourceModifiers(IReadOnlyList<ModifierRule> rules)
{
    /// <summary>
    /// Changes an object by all rules whose conditions it meets, as it is before the first of them: no rule undoes the condition of another.
    /// </summary>
    /// <param name="groupResource">The object's type, such as <c>deployments.apps</c>.</param>
    /// <param name="item">The object, in the namespace that it has in the backup.</param>
    /// <returns>What failed; a rule that fails changes nothing.</returns>
    public IReadOnlyList<string> Apply(string groupResource, JsonObject item)
    {
        var matching = rules.Where(rule => rule.Conditions.Concern(groupResource, item)).ToList();
        if (matching.Count == 0)
        {
            return [];
        }

        var failures = new List<string>();
        var name = $"{groupResource}/{item.Child("metadata").Text("name")}";
        var before = matching.Count > 1 ? (JsonObject)item.DeepClone() : item;
        foreach (var rule in matching)
        {
            try
            {
                if (rule.Conditions.Match(before) && rule.Patch.Apply(item) is { } changed)
                {
                    Replace(item, changed);
                }
            }
            catch (PatchException failure)
            {
                failures.Add($"error in applying patch of resource modifiers to {name}: {failure.Message}");
            }
        }

        return failures;
    }

    private static void Replace(JsonObject item, JsonObject by)
    {
        if (by.Text("kind").Length == 0)
        {
            throw new PatchException(PatchProblem.Other, "the object has no kind any more");
        }

        item.Clear();
        foreach (var (name, value) in by.ToList())
        {
            by.Remove(name);
            item[name] = value;
        }
    }
}
