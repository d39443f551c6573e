namespace Aeos.Kubernetes.Tests.Fixtures;

/// <summary>A test that needs a shell script as a program.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs /bin/sh" : null;
}
