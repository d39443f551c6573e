using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore.Locations;

namespace Aeos.Plugin.Locations;

/// <summary>
/// The locations that were initialised. Velero's requests carry a provider, a bucket and a whole key, nothing else: the location is the one
/// with the longest prefix that the key is under.
/// </summary>
internal sealed class OpenLocations(LocationOpener opener) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Provider, string Bucket, string Prefix), SharedLocation> _current = [];

    /// <summary>
    /// Opens a location; where it was open, calls under way end on the old one and new ones use the new one. One that is refused leaves what
    /// was there.
    /// </summary>
    /// <exception cref="LocationRefusedException">Its configuration or its key cannot be used.</exception>
    public async Task OpenAsync(LocationSpec spec, CancellationToken cancellationToken)
    {
        var opened = new SharedLocation(await opener.OpenAsync(spec, cancellationToken));
        spec = opened.Location.Spec;
        SharedLocation? replaced;
        lock (_gate)
        {
            var id = (spec.Provider, spec.Bucket, spec.Prefix);
            _current.TryGetValue(id, out replaced);
            _current[id] = opened;
        }

        if (replaced is not null)
        {
            await replaced.ReleaseAsync();
        }
    }

    /// <summary>Finds the location of a key, or of a prefix to list, and holds it for a call.</summary>
    /// <param name="provider">As the request names it.</param>
    /// <param name="bucket">As the request names it.</param>
    /// <param name="key">Whole, with the location's prefix.</param>
    /// <exception cref="RpcException">No location holds such keys: status FailedPrecondition.</exception>
    public LocationHold Hold(string provider, string bucket, string key)
    {
        lock (_gate)
        {
            SharedLocation? found = null;
            var prefixes = new List<string>();
            foreach (var (id, candidate) in _current)
            {
                if (id.Provider != provider || id.Bucket != bucket)
                {
                    continue;
                }

                prefixes.Add(id.Prefix);
                if (LocationHold.IsUnder(key, id.Prefix) && (found is null || id.Prefix.Length > found.Location.Spec.Prefix.Length))
                {
                    found = candidate;
                }
            }

            if (found is null)
            {
                throw Refused(provider, bucket, key, prefixes);
            }

            found.Hold();
            return new LocationHold(found, key);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<SharedLocation> open;
        lock (_gate)
        {
            open = [.. _current.Values];
            _current.Clear();
        }

        foreach (var location in open)
        {
            await location.ReleaseAsync();
        }
    }

    private static RpcException Refused(string provider, string bucket, string key, List<string> prefixes) => new(
        StatusCode.FailedPrecondition,
        prefixes.Count == 0
            ? $"no location of provider \"{provider}\" with bucket \"{bucket}\" was initialised, and \"{key}\" was asked for. "
                + "Call Init with the location's configuration first."
            : $"\"{key}\" is in no location of provider \"{provider}\" with bucket \"{bucket}\" that was initialised: their prefixes are "
                + $"{string.Join(", ", prefixes.Select(prefix => $"\"{prefix}\""))}. Keys carry their location's prefix and a slash before their own name.");
}
