namespace Aeos.ObjectStore.Filesystem;

/// <summary>Turns the system's errors into errors for a person.</summary>
internal static class FilesystemFaults
{
    /// <summary>Whether the system failed, and not Aeos or its caller.</summary>
    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The error as one of the store.</summary>
    /// <param name="doing">What failed, naming the object: <c>writing "a/b"</c>.</param>
    /// <param name="e">The system's error.</param>
    public static ObjectStoreException Explain(string doing, Exception e) => new(
        $"{doing} failed: {e.Message.TrimEnd('.')}",
        e is UnauthorizedAccessException || e.HResult is 1 or 13
            ? "Give the user that this runs as the right to read and write in the location's root, and to make folders there."
            : "Check the volume that holds the location's root: is it mounted, writable, and not full?",
        e);
}
