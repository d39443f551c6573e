using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Watches;

/// <summary>
/// Watches for as long as somebody listens: each connection that ends is followed by another from the last version that was seen, at most one a
/// second, and after failures ever more slowly. It ends by itself when the version is too old, when the server forbids it, and when the server has refused it
/// again and again without it ever having worked: some never serve what they were asked for, such as a watch without a version on an etcd before 3.4.31 or 3.5.13.
/// </summary>
internal sealed class Watcher(ApiTransport transport, ApiResource resource, WatchOptions watch, KubernetesClientOptions options)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    // With the waits between them: more than three minutes, in which a server that starts or changes hands is there again.
    private const int MostRefusals = 10;

    private static readonly KubernetesObject Nothing = new("{}"u8.ToArray());

    private string _version = watch.ResourceVersion ?? "";
    private TimeSpan _delay = ShortestDelay;
    private bool _hasWorked;
    private int _refusals;

    public async IAsyncEnumerable<WatchEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var begun = options.Time.GetTimestamp();

            // As client-go's reflectors: between 5 and 10 minutes, so that not all watches of a cluster end at once.
            var seconds = Random.Shared.Next(300, 600);
            var (connection, relist) = await ConnectAsync(seconds, cancellationToken);
            using (connection)
            {
                var isRefused = connection is null;
                while (connection is not null && !relist && await connection.ReadAsync(cancellationToken) is { } read)
                {
                    if (read.Type == "ERROR")
                    {
                        (isRefused, relist) = (true, HandleError(read.Object));
                        break;
                    }

                    var item = new KubernetesObject(read.Object);
                    _version = item.Metadata.ResourceVersion is { Length: > 0 } version ? version : _version;
                    (_delay, _hasWorked) = (ShortestDelay, true);
                    if (TypeOf(read.Type) is { } type)
                    {
                        yield return new WatchEvent(type, item);
                    }
                }

                _hasWorked |= !isRefused && connection?.Failure is null;
                Report(connection?.Failure);
            }

            if (relist)
            {
                yield return new WatchEvent(WatchEventType.RelistRequired, Nothing);
                yield break;
            }

            await WaitAsync(begun, cancellationToken);
        }
    }

    private async Task<(WatchConnection? Connection, bool Relist)> ConnectAsync(int seconds, CancellationToken cancellationToken)
    {
        try
        {
            var response = await transport.SendAsync(new ApiRequest(HttpMethod.Get, Target(seconds)), cancellationToken);
            return (new WatchConnection(response, options, TimeSpan.FromSeconds(seconds + 30)), false);
        }
        catch (KubernetesApiException refusal) when (refusal.IsGone)
        {
            return (null, true);
        }
        catch (KubernetesApiException refusal) when (refusal.Code is >= 500 or 429 or 408 && !IsRefusedForGood())
        {
            Fail(refusal, TimeSpan.FromSeconds(refusal.Status.RetryAfterSeconds));
            return (null, false);
        }
        catch (KubernetesException failure) when (failure is not KubernetesApiException)
        {
            Fail(failure, TimeSpan.Zero);
            return (null, false);
        }
    }

    // True when the state to go on from is lost.
    private bool HandleError(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var error = new KubernetesApiException($"WATCH {resource}", KubernetesStatus.Read(document.RootElement, 0));
        if (error.IsGone)
        {
            return true;
        }

        if (error.IsForbidden || error.IsUnauthorized || IsRefusedForGood())
        {
            throw error;
        }

        Fail(error, TimeSpan.FromSeconds(error.Status.RetryAfterSeconds));
        return false;
    }

    private bool IsRefusedForGood() => !_hasWorked && ++_refusals > MostRefusals;

    private void Fail(KubernetesException failure, TimeSpan wanted)
    {
        Report(failure);
        var doubled = _delay * 2;
        _delay = doubled > LongestDelay ? LongestDelay : doubled;
        _delay = wanted > _delay ? (wanted > options.MaxRetryDelay ? options.MaxRetryDelay : wanted) : _delay;
    }

    private void Report(KubernetesException? failure)
    {
        if (failure is not null)
        {
            watch.OnInterruption?.Invoke(failure);
        }
    }

    private async Task WaitAsync(long begun, CancellationToken cancellationToken)
    {
        var rest = _delay - options.Time.GetElapsedTime(begun);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, options.Time, cancellationToken);
        }
    }

    private string Target(int seconds) => ResourcePath.WithQuery(
        ResourcePath.Collection(resource, watch.Namespace),
        ("watch", "true"),
        ("allowWatchBookmarks", "true"),
        ("timeoutSeconds", seconds.ToString(CultureInfo.InvariantCulture)),
        ("labelSelector", watch.LabelSelector),
        ("fieldSelector", watch.FieldSelector),
        ("resourceVersion", _version));

    private static WatchEventType? TypeOf(string type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        "BOOKMARK" => WatchEventType.Bookmark,
        _ => null,
    };
}
