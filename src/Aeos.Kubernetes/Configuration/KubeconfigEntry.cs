namespace Aeos.Kubernetes.Configuration;

/// <summary>A cluster, user or context of a kubeconfig, with the file that it came from.</summary>
/// <param name="Fields">What it says.</param>
/// <param name="File">The file, as an absolute path.</param>
internal sealed record KubeconfigEntry(YamlEntry Fields, string File)
{
    /// <summary>A path in this entry, made absolute; empty stays empty.</summary>
    public string Path(string name)
    {
        var path = Fields.Text(name);
        return path.Length == 0 ? "" : System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(File)!);
    }
}
