namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Makes text that a service wrote fit for an error of ours.</summary>
internal static class ServiceText
{
    private const int MaxCharacters = 400;

    /// <summary>
    /// The text's first line, shortened, without the words "not found" and "does not exist": Velero takes an error with one of them for the
    /// answer that the object is gone, and a container or an identity that is missing is no such answer.
    /// </summary>
    public static string Quote(string? text)
    {
        var line = (text ?? "").Trim().Split('\n', 2)[0].Trim();
        line = line.Length > MaxCharacters ? line[..MaxCharacters] + "…" : line;
        return line
            .Replace("not found", "missing", StringComparison.OrdinalIgnoreCase)
            .Replace("does not exist", "is missing", StringComparison.OrdinalIgnoreCase)
            .TrimEnd('.');
    }
}
