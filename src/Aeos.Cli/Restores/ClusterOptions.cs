using System.CommandLine;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;

namespace Aeos.Cli.Restores;

/// <summary>The options that say which cluster is meant, and how fast it may be asked.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { HelpName = "FILE", Description = "The kubeconfig. Absent: $KUBECONFIG, then ~/.kube/config, then the pod's own account." };

    private readonly Option<string?> _context = new("--kubecontext") { HelpName = "NAME", Description = "The kubeconfig's context. Absent: the current one." };

    private readonly Option<double> _qps = new("--client-qps") { HelpName = "N", Description = "Requests a second, after the burst. Default 0: no limit; 32 are under way at most, and a busy server says when to wait.", DefaultValueFactory = static _ => 0 };

    private readonly Option<int> _burst = new("--client-burst") { HelpName = "N", Description = "Requests at once. Default 100.", DefaultValueFactory = static _ => 100 };

    public void AddTo(Command command)
    {
        command.Add(_kubeconfig);
        command.Add(_context);
        command.Add(_qps);
        command.Add(_burst);
    }

    /// <summary>Makes a client; nothing is sent yet.</summary>
    public KubernetesClient Open(ParseResult result) => new(
        ClusterConnection.Find(new ConnectionOptions { Kubeconfig = result.GetValue(_kubeconfig), Context = result.GetValue(_context) }),
        new KubernetesClientOptions { Qps = result.GetValue(_qps), Burst = result.GetValue(_burst) });
}
