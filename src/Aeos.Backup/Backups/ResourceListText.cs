using System.Text.Json;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Backups;

/// <summary>The list of what is in the backup, <c>{"apps/v1/Deployment":["ns/name"]}</c>, written as the items go by: type after type.</summary>
internal sealed class ResourceListText(GzipObject text)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private string? _open;

    /// <summary>Adds an item. All items of a type come one after another.</summary>
    public async Task AddAsync(ApiResource type, string @namespace, string name, CancellationToken cancellationToken)
    {
        var title = $"{type.ApiVersion}/{type.Kind}";
        var item = Quoted(@namespace.Length == 0 ? name : $"{@namespace}/{name}");
        if (_open == title)
        {
            await text.WriteAsync($",{item}", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!_begun.Add(title))
        {
            throw new InvalidOperationException($"The items of {title} came in two parts.");
        }

        await text.WriteAsync($"{(_open is null ? "{" : "],")}{Quoted(title)}:[{item}", cancellationToken).ConfigureAwait(false);
        _open = title;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await text.WriteAsync(_open is null ? "{}" : "]}", cancellationToken).ConfigureAwait(false);
        await text.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
