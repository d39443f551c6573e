using System.Collections.Concurrent;
using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Engine;

/// <summary>The options that say which cluster is meant, as whom, and how fast it may be asked.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { HelpName = "FILE", Description = "Default: $KUBECONFIG, then ~/.kube/config, then the pod's own account." };

    private readonly Option<string?> _context = new("--kubecontext", "--context") { HelpName = "NAME", Description = "The kubeconfig's context. Default: its current one." };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        HelpName = "NAMESPACE",
        DefaultValueFactory = static _ => "velero",
        Description = "The backup server's namespace: Secrets with keys and config maps with settings are read there and nowhere else.",
    };

    private readonly Option<double> _qps = new("--client-qps") { HelpName = "N", Description = "Requests a second to the API server, after the burst; 0: no limit. Default: no limit; few are under way at once, and a busy server says when to wait." };
    private readonly Option<int> _burst = new("--client-burst") { HelpName = "N", DefaultValueFactory = static _ => 100, Description = "Requests to the API server at once, where --client-qps limits them." };
    private readonly Option<int> _pageSize = new("--client-page-size") { HelpName = "N", DefaultValueFactory = static _ => 500, Description = "Objects a page of a list; 0: all in one." };

    /// <summary>Adds those that are needed to read a key's Secret.</summary>
    public void AddTo(Command command)
    {
        command.Add(_namespace);
        command.Add(_kubeconfig);
        command.Add(_context);
    }

    /// <summary>Adds those that govern the load on the API server, too.</summary>
    public void AddWithRatesTo(Command command)
    {
        AddTo(command);
        command.Add(_qps);
        command.Add(_burst);
        command.Add(_pageSize);
    }

    /// <summary>The backup server's namespace.</summary>
    /// <exception cref="UsageException">It is empty or no namespace's name.</exception>
    public string Namespace(ParseResult result) => result.GetRequiredValue(_namespace) is var name && DnsName.IsLabel(name) ? name
        : throw new UsageException($"\"{name}\" in --namespace is no namespace's name", "Name the namespace that the backup server is in, or would be, such as velero.");

    /// <summary>Connects to the cluster; nothing is sent yet.</summary>
    /// <exception cref="UsageException">A rate is below zero.</exception>
    /// <exception cref="KubernetesException">No cluster is configured, or it is wrongly.</exception>
    public KubernetesClient Connect(ParseResult result)
    {
        var rates = Rates(result) with { OnWarning = Once() };
        return new KubernetesClient(Connection(result), rates);
    }

    /// <summary>Connects for a verb that works on a bucket too: whoever has no cluster may have meant one.</summary>
    /// <exception cref="UsageException">A rate is below zero.</exception>
    /// <exception cref="KubernetesException">No cluster is configured, or it is wrongly.</exception>
    public KubernetesClient ConnectForLackOfLocation(ParseResult result)
    {
        try
        {
            return Connect(result);
        }
        catch (KubernetesException missing) when (result.GetValue(_kubeconfig) is null && result.GetValue(_context) is null)
        {
            throw new KubernetesException(missing.Cause, $"{missing.Remedy} Or work on a bucket, with --location FILE.", missing);
        }
    }

    /// <summary>Connects for a question that is not worth waiting for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="patience">How long it may take.</param>
    /// <exception cref="KubernetesException">No cluster is configured, or it is wrongly.</exception>
    public KubernetesClient ConnectInPassing(ParseResult result, TimeSpan patience) =>
        new(Connection(result), new KubernetesClientOptions { MaxRetries = 0, RequestTimeout = patience });

    /// <summary>Connects where a cluster is needed for a key at most: null when none is configured.</summary>
    /// <exception cref="KubernetesException">One is named, and cannot be used.</exception>
    public KubernetesClient? TryConnect(ParseResult result)
    {
        try
        {
            return new KubernetesClient(Connection(result));
        }
        catch (KubernetesException) when (result.GetValue(_kubeconfig) is null && result.GetValue(_context) is null)
        {
            return null;
        }
    }

    /// <summary>How fast the cluster may be asked.</summary>
    /// <exception cref="UsageException">A rate is below zero.</exception>
    public KubernetesClientOptions Rates(ParseResult result) => new()
    {
        Qps = Rate(_qps.Name, result.GetValue(_qps)),
        Burst = result.GetResult(_burst) is null || result.GetValue(_burst) > 0 ? result.GetValue(_burst) : throw new UsageException($"{_burst.Name} is below one", "Give a number from 1 on, or leave it out."),
        PageSize = (int)Rate(_pageSize.Name, result.GetValue(_pageSize)),
    };

    /// <summary>The cluster, and as whom.</summary>
    /// <exception cref="KubernetesException">None is configured, or it is wrongly.</exception>
    public ClusterConnection Connection(ParseResult result) =>
        ClusterConnection.Find(new ConnectionOptions { Kubeconfig = result.GetValue(_kubeconfig), Context = result.GetValue(_context) });

    // The server warns of a type with each page of its list.
    private static Action<string> Once()
    {
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        return text =>
        {
            if (seen.TryAdd(text, true))
            {
                Report.Warning(text);
            }
        };
    }

    private static double Rate(string option, double value) =>
        value >= 0 ? value : throw new UsageException($"{option} is below zero", "Give a number above zero, or leave it out.");
}
