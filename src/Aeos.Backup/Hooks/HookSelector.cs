using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>Which pods a spec's hooks are for.</summary>
internal sealed class HookSelector(IReadOnlyList<string>? includedNamespaces, IReadOnlyList<string>? excludedNamespaces, LabelSelector? labels)
{
    private readonly GlobSet _namespaces = new(includedNamespaces, excludedNamespaces);
    private readonly Selector? _labels = labels is null ? null : new Selector(labels);

    public bool Selects(string @namespace, IReadOnlyDictionary<string, string> labels)
        => _namespaces.Includes(@namespace) && _labels?.Matches(labels) != false;
}
