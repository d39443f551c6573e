namespace Aeos.Kubernetes.Configuration;

/// <summary>Which cluster a user asks for, and where this process may look for it.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The kubeconfig that was named (<c>--kubeconfig</c>): it alone is read, and it has to exist. Null: the usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context that was named (<c>--context</c>, Velero's <c>--kubecontext</c>); null: the file's current one.</summary>
    public string? Context { get; init; }

    /// <summary>Environment variables: <c>KUBECONFIG</c>, <c>KUBERNETES_SERVICE_HOST</c>, <c>KUBERNETES_SERVICE_PORT</c>.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The home directory, where <c>.kube/config</c> is.</summary>
    public string Home { get; init; } = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);

    /// <summary>The folder that a pod finds its service account in.</summary>
    public string ServiceAccountFolder { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The clock for tokens that are read again and credentials that expire.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
