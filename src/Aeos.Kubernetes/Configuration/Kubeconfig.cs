using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>
/// The kubeconfig files that apply, merged as kubectl merges them: the first file that names a cluster, a user or a context wins with its whole
/// entry, and the first that sets a current context sets it. Paths in an entry count from the folder of the entry's file.
/// </summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry> _contexts = new(StringComparer.Ordinal);

    private Kubeconfig(IReadOnlyList<string> places) => Places = places;

    /// <summary>Where was looked, in order.</summary>
    public IReadOnlyList<string> Places { get; }

    public string CurrentContext { get; private set; } = "";

    public IReadOnlyDictionary<string, KubeconfigEntry> Clusters => _clusters;

    public IReadOnlyDictionary<string, KubeconfigEntry> Users => _users;

    public IReadOnlyDictionary<string, KubeconfigEntry> Contexts => _contexts;

    public bool IsEmpty => _clusters.Count + _users.Count + _contexts.Count == 0 && CurrentContext.Length == 0;

    public static Kubeconfig Load(ConnectionOptions options)
    {
        var kubeconfig = new Kubeconfig(FindPlaces(options));
        foreach (var path in kubeconfig.Places.Where(File.Exists))
        {
            kubeconfig.Merge(KubeconfigFile.Read(path));
        }

        return options.Kubeconfig is null || File.Exists(options.Kubeconfig)
            ? kubeconfig
            : throw new KubernetesException($"the kubeconfig {options.Kubeconfig} does not exist", "Correct --kubeconfig.");
    }

    private static IReadOnlyList<string> FindPlaces(ConnectionOptions options)
    {
        if (options.Kubeconfig is { } path)
        {
            return [path];
        }

        var listed = options.Environment("KUBECONFIG");
        return string.IsNullOrEmpty(listed)
            ? [Path.Combine(options.Home, ".kube", "config")]
            : [.. listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    private void Merge(KubeconfigFile file)
    {
        CurrentContext = CurrentContext.Length == 0 ? file.CurrentContext : CurrentContext;
        Merge(_clusters, file.Clusters);
        Merge(_users, file.Users);
        Merge(_contexts, file.Contexts);
    }

    private static void Merge(Dictionary<string, KubeconfigEntry> known, IReadOnlyDictionary<string, KubeconfigEntry> added)
    {
        foreach (var (name, entry) in added)
        {
            known.TryAdd(name, entry);
        }
    }
}
