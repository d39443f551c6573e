using System.Collections.Concurrent;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Events;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Resources;

/// <summary>Tells of resources that cannot be read, as a warning and an Event about each, once for each state: they are left out, and everything else goes on.</summary>
/// <param name="events">Takes the Events.</param>
/// <param name="log">Takes the warnings.</param>
internal sealed partial class UnreadableResources(EventRecorder events, ILogger log)
{
    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);

    public async Task TellAsync(KubernetesObject item, AeosException refusal, CancellationToken cancellationToken)
    {
        var metadata = item.Metadata;
        var (key, state) = ($"{item.Kind}/{item.Name}", $"{metadata.Uid}/{metadata.ResourceVersion}");
        if (_told.TryGetValue(key, out var told) && told == state)
        {
            return;
        }

        _told[key] = state;
        LeftOut(refusal.Cause, refusal.Remedy);
        await events.RecordAsync(item.ApiVersion, item.Kind, item.Name, metadata.Uid, "Warning", "Unreadable", refusal.Message, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Cause}. {Remedy} It is left out meanwhile")]
    private partial void LeftOut(string cause, string remedy);
}
