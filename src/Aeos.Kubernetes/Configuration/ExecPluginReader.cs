using System.Text.Json.Nodes;
using Aeos.Kubernetes.Authentication;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Reads a user's exec plugin (kubeconfig v1, ExecConfig) and what it is told of the cluster.</summary>
internal sealed class ExecPluginReader(KubeconfigEntry user, YamlEntry exec, KubeconfigEntry cluster)
{
    // The name that Kubernetes reserves for what a cluster has to say to an exec plugin.
    private const string ClusterExtension = "client.authentication.k8s.io/exec";

    private const string V1 = "client.authentication.k8s.io/v1";
    private const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    public ExecPlugin Read()
    {
        var version = exec.Text("apiVersion");
        if (version is not (V1 or V1Beta1))
        {
            throw new KubernetesException(
                version.Length == 0 ? $"{exec.Origin}: exec has no apiVersion" : $"{exec.Origin}: exec has the apiVersion {version}, which is not served",
                $"Upgrade the plugin and set {V1} or {V1Beta1}.");
        }

        return new ExecPlugin
        {
            ApiVersion = version,
            Command = ReadCommand(),
            Arguments = exec.Texts("args"),
            Environment = [.. exec.Entries("env").Select(ReadVariable)],
            InteractiveMode = ReadMode(version),
            InstallHint = exec.Text("installHint"),
            Cluster = exec.Flag("provideClusterInfo") ? DescribeCluster() : null,
            Origin = exec.Origin,
        };
    }

    // A path counts from the kubeconfig's folder; a bare name is looked for on PATH.
    private string ReadCommand()
    {
        var command = exec.Text("command");
        if (command.Length == 0)
        {
            throw exec.Refuse("exec has no command");
        }

        var isPath = command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isPath ? Path.GetFullPath(command, Path.GetDirectoryName(user.File)!) : command;
    }

    private KeyValuePair<string, string> ReadVariable(YamlEntry variable)
    {
        var name = variable.Text("name");
        return name.Length == 0 ? throw exec.Refuse("an env entry of exec has no name") : new(name, variable.Text("value"));
    }

    // v1 made the mode required; under v1beta1 it has a default.
    private InteractiveMode ReadMode(string version) => exec.Text("interactiveMode") switch
    {
        "Never" => InteractiveMode.Never,
        "Always" => InteractiveMode.Always,
        "IfAvailable" => InteractiveMode.IfAvailable,
        "" when version == V1Beta1 => InteractiveMode.IfAvailable,
        "" => throw exec.Refuse($"exec has no interactiveMode, which {V1} requires"),
        _ => throw exec.Refuse("exec's interactiveMode is none of Never, IfAvailable, Always"),
    };

    private JsonObject DescribeCluster()
    {
        var fields = cluster.Fields;
        var description = new JsonObject { ["server"] = fields.Text("server") };
        AddText(description, "tls-server-name", fields.Text("tls-server-name"));
        AddText(description, "proxy-url", fields.Text("proxy-url"));
        if (fields.Flag("insecure-skip-tls-verify"))
        {
            description["insecure-skip-tls-verify"] = true;
        }

        // A plugin gets the authority's bytes, never a path.
        var file = cluster.Path("certificate-authority");
        var data = fields.Text("certificate-authority-data");
        AddText(description, "certificate-authority-data", data.Length > 0 || file.Length == 0 ? data
            : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(ConfigurationFile.ReadText(file, $"{fields.Origin}: certificate-authority"))));
        if (fields.Flag("disable-compression"))
        {
            description["disable-compression"] = true;
        }

        var extension = fields.Entries("extensions").FirstOrDefault(entry => entry.Text("name") == ClusterExtension);
        if (extension?.Json("extension") is { } config)
        {
            description["config"] = config;
        }

        return description;
    }

    private static void AddText(JsonObject description, string name, string value)
    {
        if (value.Length > 0)
        {
            description[name] = value;
        }
    }
}
