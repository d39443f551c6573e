using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>Messages with Velero's headings in front: of the work itself, of objects in no namespace, and of each namespace.</summary>
internal static class MessageHeadings
{
    public static IEnumerable<(string Heading, string Message)> Of(ResultMessages messages) =>
        messages.Velero.Select(static message => ("Velero", message))
            .Concat(messages.Cluster.Select(static message => ("Cluster", message)))
            .Concat(messages.Namespaces.SelectMany(static ns => ns.Value.Select(message => (ns.Key, message))));
}
