namespace Aeos.Cli.Tests.Running;

/// <summary>The shells that are installed.</summary>
internal static class Shells
{
    /// <summary>Why a test is skipped that needs a shell; null: it is installed.</summary>
    public static string? WhyNot(string shell) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell))) ? null : $"needs {shell}";
}
