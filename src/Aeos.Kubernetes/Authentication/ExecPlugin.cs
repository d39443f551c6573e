namespace Aeos.Kubernetes.Authentication;

/// <summary>An exec plugin as a kubeconfig's user configures it (kubeconfig v1, ExecConfig), resolved and checked.</summary>
internal sealed record ExecPlugin
{
    /// <summary><c>client.authentication.k8s.io/v1</c> or <c>/v1beta1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>A path, or a name to look for on PATH.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public InteractiveMode InteractiveMode { get; init; }

    /// <summary>What to tell who has not installed the command; empty for nothing.</summary>
    public string InstallHint { get; init; } = "";

    /// <summary>The cluster as the plugin is told of it (JSON), when it asked for it; null otherwise.</summary>
    public System.Text.Json.Nodes.JsonObject? Cluster { get; init; }

    /// <summary>The file and the user, for errors.</summary>
    public required string Origin { get; init; }
}
