using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>A service as <c>kubectl apply</c> was given it: what stands there was chosen by a person.</summary>
internal sealed class AppliedService
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly JsonObject? _spec;

    private AppliedService(JsonObject? spec) => _spec = spec;

    /// <summary>Reads the annotation; null when there is none.</summary>
    /// <exception cref="PreparationException">It is not JSON.</exception>
    public static AppliedService? Of(JsonObject service)
    {
        if (service.Child("metadata").Child("annotations") is not { } annotations || !annotations.ContainsKey(Annotation))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(annotations.Text(Annotation)) is JsonObject applied
                ? new AppliedService(applied.Child("spec"))
                : throw Unreadable("is no object");
        }
        catch (JsonException failure)
        {
            throw Unreadable($"is not JSON ({failure.Message})");
        }
    }

    /// <summary>The node ports in it.</summary>
    /// <exception cref="PreparationException">A port is no number.</exception>
    public ChosenNodePorts NodePorts()
    {
        var chosen = new ChosenNodePorts();
        if (_spec?.ContainsKey("ports") == true && _spec["ports"] is not JsonArray)
        {
            throw Unreadable("has ports that are no list");
        }

        foreach (var port in _spec.Children("ports"))
        {
            if (Number(port["nodePort"]) is var nodePort and > 0)
            {
                chosen.Add(port, nodePort);
            }
        }

        return chosen;
    }

    /// <summary>Whether the port for health checks is in it.</summary>
    /// <exception cref="PreparationException">The port is no number.</exception>
    public bool HasHealthCheckPort() => _spec?["healthCheckNodePort"] switch
    {
        null => false,
        JsonValue port when port.GetValueKind() is JsonValueKind.Number => Number(port) != 0,
        _ => throw Unreadable("has a port for health checks that is no number"),
    };

    private static int Number(JsonNode? node) => node is not JsonValue value ? 0 : value.GetValueKind() switch
    {
        JsonValueKind.Number => (int)value.GetValue<double>(),
        JsonValueKind.String => int.TryParse(value.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw Unreadable($"has a port that is no number: \"{value}\""),
        _ => 0,
    };

    private static PreparationException Unreadable(string what) => new(
        $"the annotation {Annotation} {what}", "Restore with --preserve-nodeports, which does not need it, or leave the service out.");
}
