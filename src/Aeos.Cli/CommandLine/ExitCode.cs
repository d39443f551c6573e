namespace Aeos.Cli.CommandLine;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>Done; for <c>store exists</c>: the object is there.</summary>
    public const int Done = 0;

    /// <summary>The work failed or was refused; for <c>store exists</c> also: the object is not there.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Added to a signal's number when it ended the work, as shells do: 130 for Ctrl-C.</summary>
    public const int SignalBase = 128;
}
