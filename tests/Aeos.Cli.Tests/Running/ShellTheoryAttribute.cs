namespace Aeos.Cli.Tests.Running;

/// <summary>A test with several cases that needs a certain shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute(string shell) => Skip = Shells.WhyNot(shell);
}
