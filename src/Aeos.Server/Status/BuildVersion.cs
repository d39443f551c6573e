using System.Reflection;

namespace Aeos.Server.Status;

/// <summary>This server's version.</summary>
internal static class BuildVersion
{
    /// <summary>The bare version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>
    /// The version for Velero's client, such as <c>v1.18.1+aeos.0.1.0</c>: the Velero that this server stands for, since the client warns of any other minor version than its own.
    /// </summary>
    public static string ForVelero { get; } = $"v1.18.1+aeos.{Text.Replace('+', '.')}";
}
