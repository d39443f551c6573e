using System.Text.Json;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Discovery;

/// <summary>
/// Asks an API server what it serves: in two requests where it knows aggregated discovery (1.26 and later), else version by version. A version
/// that cannot be discovered becomes a warning; only a server that says nothing at all is an error.
/// </summary>
internal sealed class DiscoveryClient(ApiTransport transport)
{
    private const int LongestAnswer = 128 * 1024 * 1024;

    // As many at once as an old server with a hundred groups needs to be quick, and few enough not to trouble it.
    private const int AtOnce = 8;

    public async Task<ApiCatalog> DiscoverAsync(CancellationToken cancellationToken)
    {
        var groups = new List<ApiGroup>();
        var warnings = new List<DiscoveryWarning>();
        await AddAsync("/api", groups, warnings, cancellationToken);
        await AddAsync("/apis", groups, warnings, cancellationToken);
        return groups.Count > 0 ? new ApiCatalog(groups, warnings)
            : throw new KubernetesException(
                "the server knows no API groups",
                "Check that the address in the kubeconfig is an API server's.");
    }

    private async Task AddAsync(string root, List<ApiGroup> groups, List<DiscoveryWarning> warnings, CancellationToken cancellationToken)
    {
        using var document = await GetRootAsync(root, cancellationToken);
        if (document is null)
        {
            return;
        }

        if (DiscoveryReader.Text(document.RootElement, "kind") == AggregatedDiscovery.Kind)
        {
            AggregatedDiscovery.Read(document.RootElement, groups, warnings);
            return;
        }

        foreach (var group in LegacyDiscovery.ReadGroups(document.RootElement))
        {
            groups.Add(await FillAsync(group, warnings, cancellationToken));
        }
    }

    // Null: the server has no such root, as one that serves no core.
    private async Task<JsonDocument?> GetRootAsync(string root, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(root, AggregatedDiscovery.Accept, cancellationToken);
        }
        catch (KubernetesApiException refusal) when (refusal.Code == 406)
        {
            return await GetAsync(root, "application/json", cancellationToken);
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    private async Task<ApiGroup> FillAsync(ApiGroup group, List<DiscoveryWarning> warnings, CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var versions = await Task.WhenAll(group.Versions.Select(async version =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await FillAsync(group.Name, version.Version, warnings, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }));
        var found = versions.OfType<ApiGroupVersion>().ToList();
        var preferred = found.Exists(version => version.Version == group.PreferredVersion) ? group.PreferredVersion
            : found.Count == 0 ? "" : found[0].Version;
        return new ApiGroup(group.Name, preferred, found);
    }

    private async Task<ApiGroupVersion?> FillAsync(string group, string version, List<DiscoveryWarning> warnings, CancellationToken cancellationToken)
    {
        var target = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
        try
        {
            using var document = await GetAsync(target, "application/json", cancellationToken);
            return new ApiGroupVersion(version, LegacyDiscovery.ReadResources(document.RootElement, group, version));
        }
        catch (KubernetesException failure)
        {
            lock (warnings)
            {
                warnings.Add(new DiscoveryWarning(group.Length == 0 ? version : $"{group}/{version}", failure.Cause));
            }

            return null;
        }
    }

    private async Task<JsonDocument> GetAsync(string target, string accept, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, target) { Accept = accept };
        var body = await transport.ReadAsync(request, LongestAnswer, cancellationToken);
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException failure)
        {
            throw new KubernetesException(
                $"{request.Title} was not answered with JSON",
                "Check that the address in the kubeconfig is an API server's.", failure);
        }
    }
}
