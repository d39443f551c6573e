using System.Reflection;

namespace Aeos.Plugin.CommandLine;

/// <summary>The version that this program was built as.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>; a build on .NET 9 says that it is not supported.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
