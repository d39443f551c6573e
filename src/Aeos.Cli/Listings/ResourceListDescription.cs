using System.Text.Json;

namespace Aeos.Cli.Listings;

/// <summary>The list of what a backup holds or a restore restored, as Velero's <c>describe --details</c> shows it.</summary>
internal static class ResourceListDescription
{
    private const string Title = "Resource List:";

    /// <summary>The list: names by type.</summary>
    /// <exception cref="AeosException">It is no such list.</exception>
    public static void AddResourceList(this Description description, Companion companion)
    {
        description.Space();
        if (companion.Content is not { } json)
        {
            description.Line($"{Title}  {(companion.WhyClosed is { } reason ? $"not read: {reason}" : "<resource list not found>")}");
            return;
        }

        description.Line(Title);
        foreach (var type in Read(json, companion.Key).OrderBy(static type => type.Key, StringComparer.Ordinal))
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
