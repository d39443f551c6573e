using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Rules;

/// <summary>Which cluster addresses (10.96.0.0/16) and node ports (30000 to 32767) are taken, and by which service.</summary>
internal sealed class ServiceAddresses
{
    public const int FirstPort = 30000;
    public const int LastPort = 32767;
    public const string Range = "10.96.0.0/16";

    private const string Prefix = "10.96.";

    private readonly Dictionary<string, string> _addresses = [];
    private readonly Dictionary<long, string> _ports = [];

    // Low numbers are left for those that manifests ask for, as real servers do.
    private int _nextAddress = 256;
    private int _nextPort = FirstPort + 100;

    public static bool InRange(string address)
    {
        var parts = address.Split('.');
        return address.StartsWith(Prefix, StringComparison.Ordinal) && parts.Length == 4
            && parts.All(p => byte.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    public string? HolderOf(string address) => _addresses.GetValueOrDefault(address);

    public string? HolderOf(long port) => _ports.GetValueOrDefault(port);

    public string FreeAddress()
    {
        while (true)
        {
            var number = _nextAddress;
            _nextAddress = _nextAddress == 65534 ? 256 : _nextAddress + 1;
            var address = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number / 256}.{number % 256}");
            if (!_addresses.ContainsKey(address))
            {
                return address;
            }
        }
    }

    /// <summary>A port that is free and not among those that the same object is about to take; null when none is left.</summary>
    public long? FreePort(ICollection<long> alsoTaken)
    {
        for (var tries = FirstPort; tries <= LastPort; tries++)
        {
            var port = _nextPort;
            _nextPort = _nextPort == LastPort ? FirstPort : _nextPort + 1;
            if (!_ports.ContainsKey(port) && !alsoTaken.Contains(port))
            {
                return port;
            }
        }

        return null;
    }

    public void Observe(ResourceType type, Change change)
    {
        if (type is not { Group: "", Plural: "services" })
        {
            return;
        }

        if (change.Before is { } before)
        {
            Count(before.Read(), (a) => _addresses.Remove(a), p => _ports.Remove(p));
        }

        if (!change.Deleted)
        {
            var key = change.After!.Key;
            Count(change.After.Read(), a => _addresses[a] = key, p => _ports[p] = key);
        }
    }

    private static void Count(JsonObject service, Action<string> address, Action<long> port)
    {
        var spec = service.Child("spec");
        foreach (var given in spec.Texts("clusterIPs").Append(spec.Filled("clusterIP")).Distinct().OfType<string>().Where(InRange))
        {
            address(given);
        }

        foreach (var given in spec.Objects("ports").Select(p => p.Number("nodePort")).Append(spec.Number("healthCheckNodePort")))
        {
            if (given is > 0)
            {
                port(given.Value);
            }
        }
    }
}
