using System.CommandLine;

namespace Aeos.Cli.CommandLine;

/// <summary>A command whose help ends with what a person needs at three in the morning: notes and examples.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">One sentence: it is also what the list of commands shows.</param>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Paragraphs that say what happens, in full sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Command lines that work as they stand.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>How long it may take to end after a signal; null: as any other command.</summary>
    public TimeSpan? Grace { get; init; }
}
