namespace Aeos.Server.Installation;

/// <summary>What the server's pod asks for and may use, as Kubernetes writes quantities; null or <c>0</c>: nothing is said.</summary>
/// <param name="CpuRequest">CPU that is kept for it.</param>
/// <param name="MemoryRequest">Memory that is kept for it.</param>
/// <param name="CpuLimit">CPU that it may use.</param>
/// <param name="MemoryLimit">Memory that it may use.</param>
public sealed record PodResources(string? CpuRequest, string? MemoryRequest, string? CpuLimit, string? MemoryLimit)
{
    /// <summary>
    /// What is asked for where nobody says otherwise: benchmarks/README.md measures 50 MiB when there is nothing to do, and 143 MiB at most in backups and restores
    /// of 100,000 Secrets. No limit on CPU: a backup that is slowed down lasts longer and uses as much.
    /// </summary>
    public static PodResources Default { get; } = new("100m", "160Mi", null, "512Mi");
}
