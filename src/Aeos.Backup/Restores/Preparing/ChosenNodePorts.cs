using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// The node ports that were written down when a service was applied: by the names of their ports, or by their numbers where ports have no names.
/// </summary>
internal sealed class ChosenNodePorts
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<int> _numbers = [];

    public void Add(JsonObject appliedPort, int nodePort)
    {
        if (appliedPort.ContainsKey("name"))
        {
            _names.Add(appliedPort.Text("name"));
        }
        else
        {
            _numbers.Add(nodePort);
        }
    }

    /// <summary>Whether a port of the service was among them.</summary>
    public bool Has(JsonObject port) => port.Text("name") is { Length: > 0 } name
        ? _names.Contains(name)
        : port["nodePort"] is JsonValue value && value.TryGetValue<int>(out var number) && _numbers.Contains(number);
}
