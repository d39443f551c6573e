using System.Diagnostics;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>A test that needs a small filesystem of its own; skipped where none may be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(static () =>
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "mounting a tmpfs needs Linux and root";
        }

        var folder = Directory.CreateTempSubdirectory("aeos-tmpfs-").FullName;
        using var mount = Process.Start(new ProcessStartInfo("sh", ["-c", "mount -t tmpfs -o size=64k tmpfs \"$0\" && umount \"$0\"", folder]) { RedirectStandardError = true })!;
        var error = mount.StandardError.ReadToEnd();
        mount.WaitForExit();
        Directory.Delete(folder);
        return mount.ExitCode == 0 ? null : $"a tmpfs cannot be mounted here: {error.Trim()}";
    });

    public TmpfsFactAttribute() => Skip = Missing.Value;
}
