using System.Text.RegularExpressions;
using Aeos.Plugin.Tests.Native;

namespace Aeos.ObjectStore.Azure.Tests.Tls;

/// <summary>A root folder with the native <c>aeos</c>, the libraries that it is linked with, and what a test adds: no OpenSSL, no certificates.</summary>
internal sealed partial class EmptyRoot : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("aeos-root-").FullName;

    /// <summary>Makes it.</summary>
    public static async Task<EmptyRoot> CreateAsync()
    {
        var root = new EmptyRoot();
        var program = Path.Combine(NativeBinary.Folder, "aeos");
        File.Copy(program, root.PathOf("/aeos"));
        var (exitCode, libraries) = await Tools.RunAsync("/usr/bin/env", "ldd", program);
        exitCode.ShouldBe(0, libraries);
        foreach (Match library in AbsolutePath().Matches(libraries))
        {
            File.Copy(File.ResolveLinkTarget(library.Value, returnFinalTarget: true)?.FullName ?? library.Value, root.PathOf(library.Value), overwrite: true);
        }

        // OpenSSL's random numbers; every container has it.
        var (made, answer) = await Tools.RunAsync("/usr/bin/env", "mknod", "-m", "666", root.PathOf("/dev/urandom"), "c", "1", "9");
        made.ShouldBe(0, answer);
        return root;
    }

    /// <summary>Writes a file of the root.</summary>
    public void Write(string path, string text) => File.WriteAllText(PathOf(path), text);

    /// <summary>Runs <c>aeos</c> in the root and gives both its outputs. HOME is what container runtimes set for users without a home.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        Tools.RunAsync("/usr/bin/env", ["-i", "HOME=/", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "chroot", _root, "/aeos", .. arguments]);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string PathOf(string path)
    {
        var file = _root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    [GeneratedRegex(@"/\S+")]
    private static partial Regex AbsolutePath();
}
