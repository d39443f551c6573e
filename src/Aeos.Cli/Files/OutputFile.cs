namespace Aeos.Cli.Files;

/// <summary>
/// Where a command's bytes go. A file appears whole or not at all, by <see cref="CommitAsync"/>; standard output, pipes and devices are written directly.
/// </summary>
internal abstract class OutputFile : IAsyncDisposable
{
    /// <summary>Takes the bytes.</summary>
    public abstract Stream Stream { get; }

    /// <summary>For people: the path, or <c>standard output</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether what was written is out already, and stays there when the work fails later.</summary>
    public abstract bool IsDirect { get; }

    /// <summary>Ends the output: a file appears in place of what was there.</summary>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>Closes it; a file that was not committed leaves nothing.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Refuses what a terminal should not be given, before any work is done.</summary>
    /// <param name="path">The output that was asked for.</param>
    /// <param name="what">For example <c>an encrypted message</c>.</param>
    /// <exception cref="AeosException">Standard output is a terminal.</exception>
    public static void RefuseTerminal(string? path, string what)
    {
        if (DirectOutput.IsStandardOutput(path) && !Console.IsOutputRedirected)
        {
            throw new AeosException($"standard output is a terminal, and {what} is not for reading", "Name a file for it, or send it into a pipe.");
        }
    }

    /// <summary>Opens the output.</summary>
    /// <param name="path">A path, or null or <c>-</c> for standard output.</param>
    /// <param name="content">Decides who may read a new file.</param>
    /// <param name="cancellationToken">Ends the waiting for a named pipe's other end.</param>
    /// <exception cref="AeosException">It is a folder, or its folder is missing.</exception>
    public static async Task<OutputFile> OpenAsync(string? path, OutputContent content, CancellationToken cancellationToken)
    {
        if (path is null || DirectOutput.IsStandardOutput(path))
        {
            return DirectOutput.OpenStandardOutput();
        }

        return FileKinds.Of(path) switch
        {
            FileKind.Folder => throw new AeosException($"the output {path} is a folder", "Name a file in it."),
            FileKind.Special => await DirectOutput.OpenAsync(path, cancellationToken).ConfigureAwait(false),
            _ => ReplacingOutput.Open(path, content),
        };
    }
}
