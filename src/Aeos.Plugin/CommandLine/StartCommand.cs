namespace Aeos.Plugin.CommandLine;

/// <summary>How this process was started, so that it can be started again.</summary>
internal static class StartCommand
{
    /// <summary><c>argv[0]</c>; of a build that the runtime compiles, which knows its library's name only, the program's path.</summary>
    public static string Text { get; } =
        Environment.GetCommandLineArgs()[0] is var first && first.EndsWith(".dll", StringComparison.Ordinal) ? Environment.ProcessPath ?? first : first;
}
