using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Role bindings and cluster role bindings: subjects follow their namespaces (Velero 1.18, rolebinding_action.go, clusterrolebinding_action.go).
/// </summary>
internal sealed class BindingRule(IReadOnlyDictionary<string, string> namespaceMappings) : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        foreach (var subject in item.Children("subjects"))
        {
            if (namespaceMappings.TryGetValue(subject.Text("namespace"), out var mapped))
            {
                subject["namespace"] = mapped;
            }
        }

        return ValueTask.CompletedTask;
    }
}
