using System.Reflection;

namespace Aeos.Plugin.Tests.Native;

/// <summary>Where the native binaries are: in <c>$AEOS_NATIVE_DIR</c>, or in <c>out/</c> of the repository.</summary>
internal static class NativeBinary
{
    public static string Repository { get; } = FindRepository();

    public static string Folder { get; } = Environment.GetEnvironmentVariable("AEOS_NATIVE_DIR") is { Length: > 0 } folder
        ? Path.GetFullPath(folder, Repository)
        : Path.Combine(Repository, "out");

    public static string Plugin { get; } = Path.Combine(Folder, "velero-plugin-aeos");

    /// <summary>Why native tests cannot run here, or null.</summary>
    public static string? Missing => File.Exists(Plugin) ? null : $"{Plugin} is missing: scripts/publish.sh makes it";

    private static string FindRepository()
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Combine(folder, "Aeos.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder;
    }
}
