using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Cli.Stores;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>The options that say which bucket, and which cluster as whom, the engine works with.</summary>
internal sealed class EngineOptions
{
    private const string CredentialsSetting = "credentialsFile";

    private readonly Option<string> _location = new("--location")
    {
        HelpName = "FILE",
        Required = true,
        Description = "A BackupStorageLocation's manifest, YAML or JSON. Its keys only read: what is encrypted, and under which key, the command says.",
    };

    private readonly Option<string?> _credentials = new("--credentials")
    {
        HelpName = "FILE",
        Description = "A credentials file (lines NAME=value), in place of the manifest's credentialsFile.",
    };

    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { HelpName = "FILE", Description = "Default: $KUBECONFIG, then ~/.kube/config, then the pod's." };

    private readonly Option<string?> _context = new("--context", "--kubecontext") { HelpName = "NAME", Description = "The kubeconfig's context. Default: its current one." };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        HelpName = "NAMESPACE",
        DefaultValueFactory = _ => "velero",
        Description = "The backup server's namespace: key Secrets are read there and nowhere else.",
    };

    private readonly Option<double> _qps = new("--client-qps") { DefaultValueFactory = _ => 0, Description = "Requests a second to the API server, after the burst. 0: no limit, the default: few are under way at once, and a busy server says when to wait." };
    private readonly Option<int> _burst = new("--client-burst") { DefaultValueFactory = _ => 100, Description = "Requests to the API server at once." };
    private readonly Option<int> _pageSize = new("--client-page-size") { DefaultValueFactory = _ => 500, Description = "Objects a page of a list; 0: all in one." };

    public void AddTo(Command command)
    {
        command.Add(_location);
        command.Add(_credentials);
        command.Add(_kubeconfig);
        command.Add(_context);
        command.Add(_namespace);
        command.Add(_qps);
        command.Add(_burst);
        command.Add(_pageSize);
    }

    /// <summary>The backup server's namespace.</summary>
    public string Namespace(ParseResult result) => result.GetRequiredValue(_namespace);

    /// <summary>Opens the bucket, without encryption.</summary>
    public async Task<BareLocation> OpenLocationAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var path = result.GetRequiredValue(_location);
        using var source = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        using var text = new StreamReader(source.Stream);
        var spec = BackupStorageLocationManifest.Parse(await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false), path);
        if (result.GetValue(_credentials) is { } credentials)
        {
            spec = spec with { Config = new Dictionary<string, string>(spec.Config) { [CredentialsSetting] = credentials } };
        }

        return await new LocationOpener(Environment.GetEnvironmentVariable, ReportLogger.Instance).OpenBareAsync(spec, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects to the cluster; nothing is sent yet.</summary>
    public KubernetesClient Connect(ParseResult result) => new(
        ClusterConnection.Find(new ConnectionOptions { Kubeconfig = result.GetValue(_kubeconfig), Context = result.GetValue(_context) }),
        new KubernetesClientOptions
        {
            Qps = result.GetValue(_qps),
            Burst = result.GetValue(_burst),
            PageSize = result.GetValue(_pageSize),
            OnWarning = Report.Warning,
        });

    /// <summary>The same where a cluster is needed for a key at most: null when none is configured.</summary>
    public KubernetesClient? TryConnect(ParseResult result)
    {
        try
        {
            return Connect(result);
        }
        catch (Kubernetes.Errors.KubernetesException) when (result.GetValue(_kubeconfig) is null && result.GetValue(_context) is null)
        {
            return null;
        }
    }
}
