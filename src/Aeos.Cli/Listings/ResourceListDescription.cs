using System.Text.Json;

namespace Aeos.Cli.Listings;

/// <summary>The list of what a backup holds or a restore restored, as Velero's <c>describe --details</c> shows it.</summary>
internal static class ResourceListDescription
{
    private const string Title = "Resource List:";

    /// <param name="description">Where to.</param>
    /// <param name="json">The list, names by type; null: there is none.</param>
    /// <param name="whyClosed">Why it cannot be read; null when it can.</param>
    /// <param name="key">The object's key, for the error.</param>
    /// <exception cref="AeosException">It is no such list.</exception>
    public static void AddResourceList(this Description description, byte[]? json, string? whyClosed, string key)
    {
        description.Space();
        if (json is null)
        {
            description.Line($"{Title}  {(whyClosed is null ? "<resource list not found>" : $"not read: {whyClosed}")}");
            return;
        }

        description.Line(Title);
        foreach (var type in Read(json, key).OrderBy(static type => type.Key, StringComparer.Ordinal))
        {
            description.Line($"{type.Key}:", 1);
            foreach (var name in type.Value)
            {
                description.Line($"- {name}", 2);
            }
        }
    }

    private static Dictionary<string, string[]> Read(byte[] json, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(
                static type => type.Name, static type => type.Value.EnumerateArray().Select(static name => name.GetString() ?? "").ToArray(), StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new AeosException($"\"{key}\" is not a list of names by type", "It was damaged or put there by something else.", failure);
        }
    }
}
