namespace Aeos.Plugin.Tests.Native;

/// <summary>A test that runs programs of the machine; skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <param name="programs">What the test runs.</param>
    public ToolFactAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = Tools.Missing(programs);
    }

    /// <summary>What the test runs.</summary>
    public IReadOnlyList<string> Programs { get; }
}
