using System.Text.Json;
using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Reporting;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>
/// The list of what is in the backup, <c>{"apps/v1/Deployment":["ns/name"]}</c>, written as the items go by: type after type. Items of types that others take
/// along come at any time: their names are held until the end.
/// </summary>
internal sealed class ResourceListText(GzipObject text)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MessageList> _held = new(StringComparer.Ordinal);
    private string? _open;

    /// <summary>Adds an item. All items of a type that others do not take along come one after another.</summary>
    public async Task AddAsync(TypeStep step, string @namespace, string name, CancellationToken cancellationToken)
    {
        var item = @namespace.Length == 0 ? name : $"{@namespace}/{name}";
        if (!step.IsCompanion)
        {
            await WriteAsync(step.Title, item, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!_held.TryGetValue(step.Title, out var names))
        {
            _held.Add(step.Title, names = new MessageList());
        }

        names.Add(item);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var (title, names) in _held)
        {
            foreach (var item in names)
            {
                await WriteAsync(title, item, cancellationToken).ConfigureAwait(false);
            }
        }

        await text.WriteAsync(_open is null ? "{}" : "]}", cancellationToken).ConfigureAwait(false);
        await text.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(string title, string item, CancellationToken cancellationToken)
    {
        if (_open == title)
        {
            await text.WriteAsync($",{Quoted(item)}", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!_begun.Add(title))
        {
            throw new InvalidOperationException($"The items of {title} came in two parts.");
        }

        await text.WriteAsync($"{(_open is null ? "{" : "],")}{Quoted(title)}:[{Quoted(item)}", cancellationToken).ConfigureAwait(false);
        _open = title;
    }

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
