namespace Aeos.Plugin.Tests.Native;

/// <summary>A native test in a root folder of its own; skipped for users who may not make one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChrootFactAttribute : FactAttribute
{
    /// <param name="programs">What the test runs.</param>
    public ChrootFactAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = NativeBinary.Missing ?? Tools.Missing(programs) ?? (Environment.IsPrivilegedProcess ? null : "chroot and mknod need root");
    }

    /// <summary>What the test runs.</summary>
    public IReadOnlyList<string> Programs { get; }
}
