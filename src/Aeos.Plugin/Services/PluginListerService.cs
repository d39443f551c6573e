using Aeos.GoPlugin.Grpc;
using Aeos.Velero.Plugins;

namespace Aeos.Plugin.Services;

/// <summary>Tells Velero what the process offers, once, when Velero starts.</summary>
internal static class PluginListerService
{
    /// <summary>The service.</summary>
    /// <param name="command">How Velero started the process (<c>argv[0]</c>): it starts it again by that.</param>
    /// <param name="providers">The object stores' names.</param>
    public static GrpcService Create(string command, IReadOnlyList<string> providers)
    {
        var response = new ListPluginsResponse();
        foreach (var provider in providers)
        {
            response.Plugins.Add(new PluginIdentifier { Command = command, Kind = VeleroServices.ObjectStoreKind, Name = provider });
        }

        return new GrpcService().Unary(VeleroServices.ListPlugins, (_, _) => Task.FromResult(response));
    }
}
