namespace Aeos.Cli.Tests.Running;

/// <summary>A test that needs a shell, named pipes and signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "needs a shell, named pipes and signals: runs on Linux and macOS";
        }
    }
}
