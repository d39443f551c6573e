using Aeos.ObjectStore.Locations;

namespace Aeos.Plugin.Locations;

/// <summary>A location and the calls that use it: it is closed when it was replaced and the last of them has ended.</summary>
internal sealed class SharedLocation(Location location)
{
    private readonly Lock _gate = new();
    // One for being the current location, and one for each call.
    private int _holders = 1;

    /// <summary>The location.</summary>
    public Location Location { get; } = location;

    /// <summary>Holds the location for a call. Only while it is the current one, which its holder guarantees.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holders++;
        }
    }

    /// <summary>Ends a call's hold, or the location's being the current one.</summary>
    public ValueTask ReleaseAsync()
    {
        lock (_gate)
        {
            if (--_holders > 0)
            {
                return ValueTask.CompletedTask;
            }
        }

        return Location.DisposeAsync();
    }
}
