namespace Aeos.Plugin.Tests.Native;

/// <summary>A test of the published binary; skipped where it was not published or a program is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    /// <param name="programs">What the test runs besides.</param>
    public NativeFactAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = NativeBinary.Missing ?? Tools.Missing(programs);
    }

    /// <summary>What the test runs besides.</summary>
    public IReadOnlyList<string> Programs { get; }
}
