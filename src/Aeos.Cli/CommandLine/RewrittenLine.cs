namespace Aeos.Cli.CommandLine;

/// <summary>A line on a terminal that is written over by the next, and taken away in the end.</summary>
/// <param name="output">The terminal.</param>
internal sealed class RewrittenLine(TextWriter output)
{
    private int _width;

    /// <summary>Whether there is a line.</summary>
    public bool IsThere => _width > 0;

    /// <summary>Writes the line in place of the one before.</summary>
    public void Write(string line)
    {
        output.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    /// <summary>Takes it away.</summary>
    public void Clear()
    {
        if (IsThere)
        {
            Write("");
            output.Write('\r');
        }
    }
}
