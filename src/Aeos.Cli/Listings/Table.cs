using System.Text;

namespace Aeos.Cli.Listings;

/// <summary>Rows in columns, as kubectl prints them: three spaces between the widest cell and the next column, none at a line's end.</summary>
internal sealed class Table(params string[] titles)
{
    private const int Gap = 3;

    private readonly List<string[]> _rows = [titles];

    /// <summary>Adds a row; what is in it has been made safe to print.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = titles.Select((_, column) => _rows.Max(row => row[column].Length) + Gap).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            text.Append(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
