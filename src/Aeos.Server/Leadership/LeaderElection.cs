using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Leadership;

/// <summary>
/// Lets one of several servers work: the one that holds the Lease. The durations are client-go's. A Lease counts as given up when its state has not changed for its
/// duration on this server's own clock, so clocks need not agree.
/// </summary>
/// <param name="cluster">The cluster; a client of its own, so that no backup holds a renewal up.</param>
/// <param name="namespace">The Lease's namespace.</param>
/// <param name="identity">This server.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes what happens.</param>
internal sealed partial class LeaderElection(KubernetesClient cluster, string @namespace, string identity, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    private string _seenVersion = "";
    private long _seenAt;

    /// <summary>Waits until this server holds the Lease.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        for (var last = ""; !await TryHoldAsync(take: true, cancellationToken).ConfigureAwait(false);)
        {
            if (last != _holder)
            {
                last = _holder;
                Waiting(last);
            }

            await Task.Delay(RetryPeriod, time, cancellationToken).ConfigureAwait(false);
        }

        Acquired(identity);
    }

    /// <summary>Renews the Lease for as long as that is possible. Ends when it is lost.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        for (var renewed = time.GetTimestamp(); time.GetElapsedTime(renewed) < RenewDeadline;)
        {
            await Task.Delay(RetryPeriod, time, cancellationToken).ConfigureAwait(false);
            using var deadline = new CancellationTokenSource(RenewDeadline, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            var asked = time.GetTimestamp();
            if (await TryHoldAsync(take: false, both.Token).ConfigureAwait(false))
            {
                renewed = asked;
            }
            else if (_holder != identity && _holder.Length > 0)
            {
                break;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        Lost(identity);
    }

    /// <summary>Gives the Lease up, so that another server need not wait for its end.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await cluster.TryGetAsync(Lease.Resource, @namespace, Lease.Name, cancellationToken).ConfigureAwait(false) is { } lease && HolderOf(lease) == identity)
            {
                var tree = lease.ToTree();
                var spec = tree["spec"]!.AsObject();
                spec["holderIdentity"] = "";
                spec["leaseDurationSeconds"] = 1;
                spec["renewTime"] = Now();
                await cluster.UpdateAsync(Lease.Resource, @namespace, KubernetesObject.FromTree(tree), null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (KubernetesException failure)
        {
            NotReleased(failure.Message);
        }
    }

    private string _holder = "";

    private async Task<bool> TryHoldAsync(bool take, CancellationToken cancellationToken)
    {
        try
        {
            if (await cluster.TryGetAsync(Lease.Resource, @namespace, Lease.Name, cancellationToken).ConfigureAwait(false) is not { } lease)
            {
                await cluster.CreateAsync(Lease.Resource, @namespace, KubernetesObject.FromTree(New()), null, cancellationToken).ConfigureAwait(false);
                _holder = identity;
                return true;
            }

            _holder = HolderOf(lease);
            if (lease.Metadata.ResourceVersion != _seenVersion)
            {
                (_seenVersion, _seenAt) = (lease.Metadata.ResourceVersion, time.GetTimestamp());
            }

            if (_holder != identity && (!take || (_holder.Length > 0 && time.GetElapsedTime(_seenAt) < DurationOf(lease))))
            {
                return false;
            }

            var tree = lease.ToTree();
            var spec = tree["spec"] as JsonObject ?? [];
            tree["spec"] = spec;
            if (_holder != identity)
            {
                spec["acquireTime"] = Now();
                spec["leaseTransitions"] = ((int?)spec["leaseTransitions"] ?? 0) + 1;
            }

            spec["holderIdentity"] = identity;
            spec["leaseDurationSeconds"] = (int)Duration.TotalSeconds;
            spec["renewTime"] = Now();
            await cluster.UpdateAsync(Lease.Resource, @namespace, KubernetesObject.FromTree(tree), null, cancellationToken).ConfigureAwait(false);
            _holder = identity;
            return true;
        }
        catch (KubernetesApiException refusal) when (refusal.IsConflict || refusal.IsAlreadyExists)
        {
            // Somebody was faster: the next look shows who.
            return false;
        }
        catch (KubernetesException failure)
        {
            Failed(failure.Message);
            return false;
        }
        catch (OperationCanceledException) when (!take)
        {
            return false;
        }
    }

    private JsonObject New() => new()
    {
        ["apiVersion"] = Lease.Resource.ApiVersion,
        ["kind"] = Lease.Resource.Kind,
        ["metadata"] = new JsonObject { ["name"] = Lease.Name, ["namespace"] = @namespace },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = identity,
            ["leaseDurationSeconds"] = (int)Duration.TotalSeconds,
            ["acquireTime"] = Now(),
            ["renewTime"] = Now(),
            ["leaseTransitions"] = 0,
        },
    };

    private static string HolderOf(KubernetesObject lease) => (string?)lease.ToTree()["spec"]?["holderIdentity"] ?? "";

    private static TimeSpan DurationOf(KubernetesObject lease)
        => TimeSpan.FromSeconds((int?)lease.ToTree()["spec"]?["leaseDurationSeconds"] ?? Duration.TotalSeconds);

    // The API's MicroTime.
    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for the server {Holder}, which holds the Lease")]
    private partial void Waiting(string holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} holds the Lease and works")]
    private partial void Acquired(string identity);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} has lost the Lease and stops working")]
    private partial void Lost(string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Lease could not be read or renewed: {Reason}")]
    private partial void Failed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Lease could not be given up; the next server waits until it ends: {Reason}")]
    private partial void NotReleased(string reason);
}
