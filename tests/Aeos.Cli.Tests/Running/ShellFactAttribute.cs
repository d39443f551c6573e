namespace Aeos.Cli.Tests.Running;

/// <summary>A test that needs a certain shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell) => Skip = Shells.WhyNot(shell);
}
