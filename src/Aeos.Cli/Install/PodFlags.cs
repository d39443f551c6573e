using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary>The options about the server's pod, under <c>velero install</c>'s names.</summary>
internal sealed class PodFlags
{
    private readonly Option<string?> _image = new("--image") { HelpName = "IMAGE", Description = "The server's image, which deploy/Dockerfile.server builds. Default: aeos, in the version of this program." };
    private readonly PairsOption _podAnnotations = new("--pod-annotations", '=', "KEY=VALUE", "Annotations of the server's pod.");
    private readonly PairsOption _podLabels = new("--pod-labels", '=', "KEY=VALUE", "Labels of the server's pod.");
    private readonly PairsOption _accountAnnotations = new("--sa-annotations", '=', "KEY=VALUE", "Annotations of the server's service account.");

    private readonly Option<string?> _account = new("--service-account-name")
    {
        HelpName = "NAME",
        Description = "A service account that is there already, with its permissions. Then neither an account nor roles are made.",
    };

    private readonly Option<string?> _cpuRequest = Quantity("--velero-pod-cpu-request", "--pod-cpu-request", "CPU that is kept for the server", PodResources.Default.CpuRequest);
    private readonly Option<string?> _memoryRequest = Quantity("--velero-pod-mem-request", "--pod-mem-request", "Memory that is kept for the server", PodResources.Default.MemoryRequest);
    private readonly Option<string?> _cpuLimit = Quantity("--velero-pod-cpu-limit", "--pod-cpu-limit", "CPU that the server may use", PodResources.Default.CpuLimit);
    private readonly Option<string?> _memoryLimit = Quantity("--velero-pod-mem-limit", "--pod-mem-limit", "Memory that the server may use", PodResources.Default.MemoryLimit);
    private readonly Option<string?> _priority = new("--server-priority-class-name") { HelpName = "NAME", Description = "The priority class of the server's pod." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _image, _podAnnotations, _podLabels, _accountAnnotations, _account, _cpuRequest, _memoryRequest, _cpuLimit, _memoryLimit, _priority })
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what is installed.</summary>
    /// <exception cref="UsageException">One is not possible.</exception>
    public InstallationOptions Read(ParseResult result, InstallationOptions options)
    {
        if (result.GetValue(_account) is { } account && !DnsName.IsSubdomain(account))
        {
            throw new UsageException($"\"{account}\" cannot be a service account's name", "Name one that is there in --service-account-name.");
        }

        if (result.GetValue(_image) is { } image && (image.Length == 0 || image.Any(char.IsWhiteSpace)))
        {
            throw new UsageException($"\"{image}\" in --image is no image's name", "Write it as REGISTRY/NAME:TAG.");
        }

        return options with
        {
            Image = result.GetValue(_image) ?? options.Image,
            PodAnnotations = _podAnnotations.Read(result) ?? options.PodAnnotations,
            PodLabels = _podLabels.Read(result) ?? options.PodLabels,
            ServiceAccountAnnotations = _accountAnnotations.Read(result) ?? options.ServiceAccountAnnotations,
            ServiceAccount = result.GetValue(_account),
            PriorityClass = result.GetValue(_priority),
            Resources = new PodResources(
                result.GetValue(_cpuRequest) ?? options.Resources.CpuRequest,
                result.GetValue(_memoryRequest) ?? options.Resources.MemoryRequest,
                result.GetValue(_cpuLimit) ?? options.Resources.CpuLimit,
                result.GetValue(_memoryLimit) ?? options.Resources.MemoryLimit),
        };
    }

    private static Option<string?> Quantity(string name, string alias, string description, string? byDefault) =>
        new(name, alias) { HelpName = "QUANTITY", Description = $"{description}, such as {(name.Contains("cpu", StringComparison.Ordinal) ? "500m" : "256Mi")}; 0: nothing is said. Default: {byDefault ?? "0"}." };
}
