using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Server.Resources;

/// <summary>
/// Reads and writes the resources of one type in one namespace. Every method throws <see cref="KubernetesException"/> as the client does, and
/// <see cref="AeosException"/> for a resource that is not as its type has it.
/// </summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="cluster">The cluster.</param>
/// <param name="type">The type.</param>
/// <param name="namespace">The namespace.</param>
public sealed class ResourceClient<T>(KubernetesClient cluster, ResourceType<T> type, string @namespace)
    where T : class, IResourceDocument
{
    /// <summary>The type.</summary>
    public ResourceType<T> Type => type;

    /// <summary>The namespace.</summary>
    public string Namespace => @namespace;

    /// <summary>Reads one; null when it is not there, which nothing is whose name could not be a resource's.</summary>
    public async Task<T?> TryGetAsync(string name, CancellationToken cancellationToken)
        => DnsName.IsSubdomain(name) && await cluster.TryGetAsync(type.Api, @namespace, name, cancellationToken).ConfigureAwait(false) is { } found ? Read(found) : null;

    /// <summary>Told of each one in a list that is not as its type has it, which is left out then. Null: the list ends with an <see cref="AeosException"/>.</summary>
    public Func<KubernetesObject, AeosException, CancellationToken, Task>? OnUnreadable { get; init; }

    /// <summary>Lists them, by name.</summary>
    /// <param name="labelSelector">Labels; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async IAsyncEnumerable<T> ListAsync(string? labelSelector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in cluster.List(type.Api, new ListOptions { Namespace = @namespace, LabelSelector = labelSelector }).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (await TryReadAsync(item, cancellationToken).ConfigureAwait(false) is { } read)
            {
                yield return read;
            }
        }
    }

    /// <summary>Creates one.</summary>
    /// <returns>What the server made of it.</returns>
    public async Task<T> CreateAsync(T document, CancellationToken cancellationToken)
        => Read(await cluster.CreateAsync(type.Api, @namespace, KubernetesObject.FromTree(Tree(document)), null, cancellationToken).ConfigureAwait(false));

    /// <summary>Changes one from what it was to what it shall be: only what differs is sent, so that what others change beside it stays.</summary>
    /// <param name="before">As it was read.</param>
    /// <param name="after">As it shall be.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What the server keeps; <paramref name="before"/> when nothing differs.</returns>
    public Task<T> PatchAsync(T before, T after, CancellationToken cancellationToken) => PatchAsync(before, after, onlyUnchanged: false, cancellationToken);

    /// <summary>As <see cref="PatchAsync(T, T, CancellationToken)"/>, and refused with a conflict when somebody changed it since it was read.</summary>
    public Task<T> PatchUnchangedAsync(T before, T after, CancellationToken cancellationToken) => PatchAsync(before, after, onlyUnchanged: true, cancellationToken);

    /// <summary>Deletes one. That it is not there is no error.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.DeleteAsync(type.Api, @namespace, name, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes this very one. That it is gone, or another has its name, is no error.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> DeleteAsync(T document, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.DeleteAsync(type.Api, @namespace, document.Metadata.Name, new DeleteOptions { Uid = document.Metadata.Uid }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            return false;
        }
    }

    /// <summary>Reads what the API sent.</summary>
    /// <exception cref="AeosException">It is not as its type has it.</exception>
    public T Read(KubernetesObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            return JsonSerializer.Deserialize(item.Json.Span, type.Json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new AeosException(
                $"the {type.Api.Kind} {Aeos.Encryption.Printable.Quote(item.Name)} cannot be read: {e.Path ?? "it"} is not as {type.Api.ApiVersion} has it", $"Correct it, or delete it: kubectl -n {@namespace} edit {type.Api.GroupResource} {item.Name}", e);
        }
    }

    /// <summary>Reads what the API sent, or tells <see cref="OnUnreadable"/>.</summary>
    /// <returns>It; null when it is not as its type has it.</returns>
    /// <exception cref="AeosException">It is not, and there is nobody to tell.</exception>
    public async ValueTask<T?> TryReadAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        try
        {
            return Read(item);
        }
        catch (AeosException refusal) when (OnUnreadable is not null)
        {
            await OnUnreadable(item, refusal, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<T> PatchAsync(T before, T after, bool onlyUnchanged, CancellationToken cancellationToken)
    {
        var patch = MergePatch.Between(Tree(before), Tree(after));
        if (patch.Count == 0)
        {
            return before;
        }

        if (onlyUnchanged)
        {
            var metadata = patch["metadata"] as JsonObject ?? [];
            metadata["resourceVersion"] = before.Metadata.ResourceVersion;
            patch["metadata"] = metadata;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(patch, ResourceJson.Default.JsonObject);
        return Read(await cluster.PatchAsync(type.Api, @namespace, before.Metadata.Name, PatchType.Merge, bytes, null, cancellationToken).ConfigureAwait(false));
    }

    private JsonObject Tree(T document) => JsonSerializer.SerializeToNode(document, type.Json)!.AsObject();
}
