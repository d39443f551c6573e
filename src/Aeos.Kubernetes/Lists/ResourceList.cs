using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Lists;

/// <summary>
/// A list under way: its items come one at a time, page by page, and only one of them is in memory. To be enumerated once. A page that is cut off is
/// asked for again and goes on where it was; a token that expires (410) goes on with the one that the server offers instead, or from the
/// beginning: <see cref="Consistency"/> says which.
/// </summary>
public sealed class ResourceList : IAsyncEnumerable<KubernetesObject>
{
    // Pages could expire again and again under a slow reader: then everything is asked for in one answer, which cannot.
    private const int PagedRestarts = 1;
    private const int MostRestarts = 2;

    private readonly ApiTransport _transport;
    private readonly ApiResource _resource;
    private readonly ListOptions _list;
    private readonly KubernetesClientOptions _options;
    private PagePosition _position;
    private int _restarts;
    private bool _begun;

    internal ResourceList(ApiTransport transport, ApiResource resource, ListOptions list, KubernetesClientOptions options)
    {
        _transport = transport;
        _resource = resource;
        _list = list;
        _options = options;
        _position = new PagePosition { Limit = list.PageSize ?? options.PageSize };
    }

    /// <summary>Of how many states the items so far are; final once the enumeration has ended.</summary>
    public ListConsistency Consistency { get; private set; }

    /// <summary>The version of the state that is listed, to watch from; known once the first item has come or the enumeration has ended.</summary>
    public string ResourceVersion { get; private set; } = "";

    /// <summary>Begins the list; possible once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KubernetesApiException">The server refused, later than the first item too.</exception>
    /// <exception cref="KubernetesException">The server could not be reached or sent what is no list.</exception>
    public async IAsyncEnumerator<KubernetesObject> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (_begun)
        {
            throw new InvalidOperationException("A list can be enumerated once; ask for another.");
        }

        _begun = true;
        var failures = 0;
        await using var ahead = new ReadAhead(_transport, cancellationToken);
        while (true)
        {
            var response = await OpenAsync(ahead);
            if (response is null)
            {
                continue;
            }

            using (response)
            {
                using var page = new ListPage(response, _resource, _options);
                while (await page.ReadAsync(cancellationToken) is { } item)
                {
                    NoteVersion(page);
                    if (page.Continue.Length > 0 && !ahead.HasBegun)
                    {
                        ahead.Begin(_position.After(page.Continue).Target(_resource, _list));
                    }

                    if (page.Count > _position.Done)
                    {
                        _position.Done = page.Count;
                        failures = 0;
                        yield return new KubernetesObject(item);
                    }
                }

                NoteVersion(page);
                if (page.IsComplete)
                {
                    if (page.Continue.Length == 0)
                    {
                        yield break;
                    }

                    _position = _position.After(page.Continue);
                }
                else if (++failures > _options.MaxRetries)
                {
                    throw new KubernetesException(
                        $"the list of {_resource} broke off {failures} times in a row",
                        "Look into the API server's log; something between it and here may cut long answers.", page.Failure);
                }
                else
                {
                    Resume(page);
                    await Task.Delay(RetryRules.Pause(failures), _options.Time, cancellationToken);
                }
            }
        }
    }

    private void NoteVersion(ListPage page)
        => ResourceVersion = page.ResourceVersion.Length > 0 ? page.ResourceVersion : ResourceVersion;

    // Null: the token had expired; the next attempt goes on elsewhere.
    private async Task<HttpResponseMessage?> OpenAsync(ReadAhead ahead)
    {
        try
        {
            return await ahead.OpenAsync(_position.Target(_resource, _list));
        }
        catch (KubernetesApiException expired) when (expired.IsGone && _position.CanExpire)
        {
            if (expired.Status.Continue.Length > 0 && _position.Done == 0)
            {
                _position = _position.After(expired.Status.Continue);
                Consistency = Consistency == ListConsistency.Snapshot ? ListConsistency.Mixed : Consistency;
            }
            else
            {
                Restart(expired);
            }

            return null;
        }
    }

    // A later page's token names its state. The first page's state can be named by its version, if that had come already.
    private void Resume(ListPage page)
    {
        if (_position.CanExpire || _position.Done == 0)
        {
            return;
        }

        if (page.ResourceVersion.Length > 0)
        {
            _position.ExactVersion = page.ResourceVersion;
        }
        else
        {
            Restart(page.Failure);
        }
    }

    private void Restart(Exception? failure)
    {
        if (++_restarts > MostRestarts)
        {
            throw new KubernetesException(
                $"the list of {_resource} had to be begun anew {_restarts} times",
                "Try again when the API server is less busy, or let it keep its history for longer (--etcd-compaction-interval).",
                failure);
        }

        var hadItems = _position.Done > 0 || _position.Continue.Length > 0;
        _position = new PagePosition { Limit = _restarts > PagedRestarts ? 0 : _position.Limit };
        Consistency = hadItems ? ListConsistency.Restarted : Consistency;
    }
}
