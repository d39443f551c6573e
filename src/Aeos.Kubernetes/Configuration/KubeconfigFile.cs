using Aeos.Kubernetes.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Kubernetes.Configuration;

/// <summary>One kubeconfig file (v1 Config), YAML or JSON, taken apart into its named entries.</summary>
internal sealed class KubeconfigFile
{
    private KubeconfigFile()
    {
    }

    public string CurrentContext { get; private init; } = "";

    public IReadOnlyDictionary<string, KubeconfigEntry> Clusters { get; private init; } = new Dictionary<string, KubeconfigEntry>();

    public IReadOnlyDictionary<string, KubeconfigEntry> Users { get; private init; } = new Dictionary<string, KubeconfigEntry>();

    public IReadOnlyDictionary<string, KubeconfigEntry> Contexts { get; private init; } = new Dictionary<string, KubeconfigEntry>();

    public static KubeconfigFile Read(string path)
    {
        var origin = $"kubeconfig {path}";
        if (Parse(ConfigurationFile.ReadText(path, "kubeconfig"), origin) is not { } root)
        {
            return new KubeconfigFile();
        }

        var (file, fields) = (Path.GetFullPath(path), new YamlEntry(root, origin));
        if (fields.Text("apiVersion") is not ("" or "v1") || fields.Text("kind") is not ("" or "Config"))
        {
            throw new KubernetesException($"{origin} is not of apiVersion v1 and kind Config", "Name a kubeconfig, not another manifest.");
        }

        return new KubeconfigFile
        {
            CurrentContext = fields.Text("current-context"),
            Clusters = ReadNamed(fields, "clusters", "cluster", file),
            Users = ReadNamed(fields, "users", "user", file),
            Contexts = ReadNamed(fields, "contexts", "context", file),
        };
    }

    // Null for a file without content, which is no error.
    private static YamlMappingNode? Parse(string text, string origin)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException failure)
        {
            // The parser's own message may quote the line, and with it a token: only the place is passed on.
            throw new KubernetesException(
                $"{origin} is not YAML (line {failure.Start.Line}, column {failure.Start.Column})", "Correct the file there.");
        }

        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode switch
        {
            YamlMappingNode mapping => mapping,
            YamlScalarNode { Value: null or "" } => null,
            _ => throw new KubernetesException($"{origin} is not a mapping", "Name a kubeconfig."),
        };
    }

    private static Dictionary<string, KubeconfigEntry> ReadNamed(YamlEntry root, string list, string kind, string file)
    {
        var entries = new Dictionary<string, KubeconfigEntry>(StringComparer.Ordinal);
        foreach (var item in root.Entries(list))
        {
            var name = item.Text("name");
            var entry = item.Entry(kind)?.At($"{kind} {name}") ?? new YamlEntry([], $"{root.Origin}: {kind} {name}");
            if (!entries.TryAdd(name, new KubeconfigEntry(entry, file)))
            {
                throw root.Refuse($"{list} has two entries named {name}");
            }
        }

        return entries;
    }
}
