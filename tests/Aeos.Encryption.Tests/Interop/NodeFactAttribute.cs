namespace Aeos.Encryption.Tests.Interop;

/// <summary>A test that needs Node.js and npm; skipped by name where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    private static readonly bool IsThere = OnPath("node") && OnPath("npm");

    public NodeFactAttribute()
    {
        if (!IsThere)
        {
            Skip = "needs Node.js and npm on the PATH";
        }
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
