using Aeos.Encryption;

namespace Aeos.Server.Metrics;

/// <summary>What is counted of the encryption, which Velero has no names for.</summary>
internal sealed class EncryptionMetrics
{
    private readonly Gauge _enabled;
    private readonly Gauge _available;
    private readonly Gauge _keys;
    private readonly Counter _bytes;
    private readonly Counter _refused;

    public EncryptionMetrics(MetricRegistry registry)
    {
        _enabled = registry.Gauge("aeos_encryption_enabled", "Whether the server is to encrypt what it writes: 1 is yes");
        _available = registry.Gauge("aeos_encryption_available", "Whether the server has a key to encrypt with: 1 is yes");
        _keys = registry.Gauge("aeos_encryption_keys", "The server's own keys that it can use, to encrypt or to decrypt; locations and backups may name others to decrypt with", "use");
        _bytes = registry.Counter("aeos_encrypted_bytes_total", "Bytes that were encrypted and written to buckets, as they are there", "backup_location_name");
        _refused = registry.Counter(
            "aeos_refused_objects_total", "Objects that were refused when they were read: damaged, exchanged, not what their name says, or not encrypted where they must be", "backup_location_name");
        _enabled.Set(0);
        _available.Set(0);
        _keys.Set(0, "encrypt");
        _keys.Set(0, "decrypt");
    }

    /// <summary>Whether the server is to encrypt, and whether it can.</summary>
    public void SetState(bool enabled, bool available)
    {
        _enabled.Set(enabled ? 1 : 0);
        _available.Set(available ? 1 : 0);
    }

    /// <summary>How many keys the server has at hand.</summary>
    /// <param name="encrypting">Keys to write with.</param>
    /// <param name="decrypting">Keys to read with.</param>
    public void SetKeys(int encrypting, int decrypting)
    {
        _keys.Set(encrypting, "encrypt");
        _keys.Set(decrypting, "decrypt");
    }

    /// <summary>Encrypted bytes were written to a location.</summary>
    public void Encrypted(string location, long bytes) => _bytes.Add(bytes, location);

    /// <summary>An object of a location was refused.</summary>
    public void Refused(string location) => _refused.Add(1, location);

    /// <summary>Counts a failure that is, or is caused by, an object that was refused; any other is passed over.</summary>
    public void NoteFailure(string location, Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is MessageRefusedException)
            {
                Refused(location);
                return;
            }
        }
    }

    /// <summary>Makes the location's series be there.</summary>
    public void InitLocation(string location)
    {
        _bytes.Add(0, location);
        _refused.Add(0, location);
    }

    /// <summary>Forgets a location.</summary>
    public void RemoveLocation(string location)
    {
        _bytes.Remove(location);
        _refused.Remove(location);
    }
}
