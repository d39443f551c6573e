using System.IO.Compression;
using System.Text.Json;
using Aeos.Backup.Restores.Reporting;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Records;

/// <summary>Writes what a restore leaves in the bucket, under Velero's names: results, resource list, item operations, and the Restore itself last.</summary>
internal sealed class RestoreRecords(IObjectStore companions, IObjectStore plain, RestoreKeys keys)
{
    public async Task WriteAsync(RestoreOutcome outcome, RestoreDocument document, CancellationToken cancellationToken)
    {
        await WritePackedAsync(keys.Results, writer => WriteResults(writer, outcome), cancellationToken).ConfigureAwait(false);
        await WritePackedAsync(keys.ResourceList, writer => WriteLists(writer, outcome.Items.ToLists()), cancellationToken).ConfigureAwait(false);
        foreach (var empty in (string[])[keys.ItemOperations, keys.VolumeInfo])
        {
            await WritePackedAsync(empty, WriteEmptyArray, cancellationToken).ConfigureAwait(false);
        }

        await using var target = await plain.CreateAsync(keys.Document, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(document.ToJson(), cancellationToken).ConfigureAwait(false);
        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteEmptyArray(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteEndArray();
    }

    private async Task WritePackedAsync(string key, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        await using var target = await companions.CreateAsync(key, cancellationToken).ConfigureAwait(false);
        await using (var packed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            await using (var writer = new Utf8JsonWriter(buffer))
            {
                write(writer);
            }

            await packed.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }

        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteResults(Utf8JsonWriter writer, RestoreOutcome outcome)
    {
        writer.WriteStartObject();
        foreach (var (name, results) in ((string, ResultLists)[])[("errors", outcome.Errors), ("warnings", outcome.Warnings)])
        {
            writer.WriteStartObject(name);
            WriteList(writer, "velero", results.Velero);
            WriteList(writer, "cluster", results.Cluster);
            if (results.Namespaces.Count > 0)
            {
                writer.WriteStartObject("namespaces");
                foreach (var (ns, messages) in results.Namespaces)
                {
                    WriteList(writer, ns, messages);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter writer, SortedDictionary<string, IReadOnlyList<string>> lists)
    {
        writer.WriteStartObject();
        foreach (var (type, names) in lists)
        {
            WriteList(writer, type, names);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
