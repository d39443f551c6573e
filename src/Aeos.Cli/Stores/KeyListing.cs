using Aeos.Cli.CommandLine;
using Aeos.Encryption;

namespace Aeos.Cli.Stores;

/// <summary>Objects' keys as text, a JSON array or a YAML list, written as they come: a bucket may hold millions.</summary>
internal static class KeyListing
{
    public static async Task WriteAsync(IAsyncEnumerable<string> keys, ListingFormat format, TextWriter output, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var key in keys.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var line = format switch
            {
                ListingFormat.Json => $"{(isFirst ? "[" : ",")}\n  {SafeText.Quoted(key)}",
                ListingFormat.Yaml => $"- {SafeText.Quoted(key)}\n",
                _ => $"{Printable.Escape(key)}\n",
            };
            await output.WriteAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            isFirst = false;
        }

        var end = (format, isFirst) switch
        {
            (ListingFormat.Json, true) => "[]\n",
            (ListingFormat.Json, false) => "\n]\n",
            (ListingFormat.Yaml, true) => "[]\n",
            _ => "",
        };
        await output.WriteAsync(end.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
