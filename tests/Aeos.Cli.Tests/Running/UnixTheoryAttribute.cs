namespace Aeos.Cli.Tests.Running;

/// <summary>A test with several cases that needs a shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "needs a shell: runs on Linux and macOS";
        }
    }
}
