using System.Text.Json;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>Reads what annotations say of hooks (Velero 1.18, internal/hook/item_hook_handler.go).</summary>
internal static class HookText
{
    /// <summary>A command: a JSON array of texts, or else all of the text as one program without arguments.</summary>
    public static IReadOnlyList<string> Command(string text)
    {
        if (!text.StartsWith('['))
        {
            return [text];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var parts = document.RootElement.EnumerateArray().ToList();
            return parts.TrueForAll(static part => part.ValueKind is JsonValueKind.String or JsonValueKind.Null)
                ? [.. parts.Select(static part => part.GetString() ?? "")]
                : [text];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [text];
        }
    }

    /// <summary>What a failure means; another word than the two that are known counts as none.</summary>
    public static HookErrorMode ErrorMode(string? text) => text switch
    {
        nameof(HookErrorMode.Continue) => HookErrorMode.Continue,
        nameof(HookErrorMode.Fail) => HookErrorMode.Fail,
        _ => HookErrorMode.Unset,
    };

    /// <summary>A duration of a checked spec; zero where there is none.</summary>
    public static TimeSpan Duration(string? text) => DurationText.TryParse(text, out var duration) ? duration : TimeSpan.Zero;

    /// <summary>The duration in an annotation; one that is none counts as absent, with a warning.</summary>
    public static TimeSpan Duration(IReadOnlyDictionary<string, string> annotations, string key, List<string> warnings)
    {
        if (annotations.GetValueOrDefault(key) is not { Length: > 0 } text)
        {
            return TimeSpan.Zero;
        }

        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        warnings.Add($"the annotation {key} is \"{text}\", which is no duration: the default counts");
        return TimeSpan.Zero;
    }

    /// <summary>The truth value in an annotation, as Go reads them; what is none counts as false, with a warning.</summary>
    public static bool Flag(IReadOnlyDictionary<string, string> annotations, string key, List<string> warnings)
    {
        switch (annotations.GetValueOrDefault(key))
        {
            case "1" or "t" or "T" or "true" or "TRUE" or "True":
                return true;
            case null or "" or "0" or "f" or "F" or "false" or "FALSE" or "False":
                return false;
            case var text:
                warnings.Add($"the annotation {key} is \"{text}\", which is neither true nor false: it counts as false");
                return false;
        }
    }
}
