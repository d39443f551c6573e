using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Gives containers other images: the first mapping whose left part is in an image's name counts (Velero 1.18, change_image_name_action.go).</summary>
internal sealed class ImageRule(PluginConfig names) : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (names.Data.Count > 0 && PodSpec(item) is { } spec)
        {
            foreach (var container in spec.Children("containers").Concat(spec.Children("initContainers")))
            {
                if (container.Text("image") is { Length: > 0 } image && Mapped(image) is { } mapped)
                {
                    container["image"] = mapped;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private static JsonObject? PodSpec(JsonObject item) => item.Text("kind") switch
    {
        "Pod" => item.Child("spec"),
        "CronJob" => item.Child("spec").Child("jobTemplate").Child("spec").Child("template").Child("spec"),
        _ => item.Child("spec").Child("template").Child("spec"),
    };

    // Velero takes the mappings in no certain order; here their keys are sorted, so that each run does the same.
    private string? Mapped(string image)
    {
        foreach (var (_, mapping) in names.Data.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var comma = mapping.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0 || comma == mapping.Length - 1)
            {
                continue;
            }

            var old = mapping[..comma].Trim();
            if (old.Length > 0 && image.Contains(old, StringComparison.Ordinal))
            {
                return image.Replace(old, mapping[(comma + 1)..].Trim(), StringComparison.Ordinal);
            }
        }

        return null;
    }
}
