using System.Reflection;

namespace Aeos.Server.Status;

/// <summary>This server's version.</summary>
internal static class BuildVersion
{
    /// <summary>The bare version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
