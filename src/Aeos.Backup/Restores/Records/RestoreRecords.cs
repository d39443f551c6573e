using System.Text.Json;
using Aeos.Backup.Reporting;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Records;

/// <summary>Writes what a restore leaves in the bucket, under Velero's names: results, resource list, item operations, and the Restore itself last.</summary>
internal sealed class RestoreRecords(IObjectStore companions, IObjectStore plain, RestoreKeys keys)
{
    public async Task WriteAsync(RestoreOutcome outcome, RestoreDocument document, CancellationToken cancellationToken)
    {
        await WritePackedAsync(keys.Results, output => outcome.Results.WriteToAsync(output, cancellationToken), cancellationToken).ConfigureAwait(false);
        await WritePackedAsync(keys.ResourceList, output => WriteListsAsync(output, outcome.Items.ToLists(), cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var empty in (string[])[keys.ItemOperations, keys.VolumeInfo])
        {
            await WritePackedAsync(empty, output => output.WriteAsync("[]"u8.ToArray(), cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        }

        await using var target = await plain.CreateAsync(keys.Document, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(document.ToJson(), cancellationToken).ConfigureAwait(false);
        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WritePackedAsync(string key, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var packed = await GzipObject.CreateAsync(companions, key, cancellationToken).ConfigureAwait(false);
        await using (packed.ConfigureAwait(false))
        {
            await write(packed.Content).ConfigureAwait(false);
            await packed.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteListsAsync(Stream output, SortedDictionary<string, IReadOnlyList<string>> lists, CancellationToken cancellationToken)
    {
        var writer = new Utf8JsonWriter(output);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            foreach (var (type, names) in lists.Where(static list => list.Value.Count > 0))
            {
                writer.WriteStartArray(type);
                foreach (var name in names)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
