namespace Stk.Cli.Api;

/// <summary>
/// Columns of text for a terminal. A heading that begins with <c>&gt;</c> stands to the right, as numbers do.
/// </summary>
internal sealed class Table(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>One thing with named properties: a row each, no headings. What is null is left out.</summary>
    public static Table OfFields(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var table = new Table("", "");
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                table.Add(name, value);
            }
        }

        return table;
    }

    public static Table Of<T>(string[] headings, IEnumerable<T> items, Func<T, string?[]> row)
    {
        var table = new Table(headings);
        foreach (var item in items)
        {
            table.Add(row(item));
        }

        return table;
    }

    public Table Add(params string?[] cells)
    {
        _rows.Add([.. cells.Select(cell => TerminalText.Safe(cell ?? ""))]);
        return this;
    }

    /// <param name="columns">The terminal's width: a table that is wider comes as a block of fields for each row. Null for
    /// as wide as it is.</param>
    public IEnumerable<string> Lines(int? columns = null)
    {
        string[] titles = [.. headings.Select(heading => heading.TrimStart('>'))];
        var all = titles.Any(title => title.Length > 0) ? [titles, .. _rows] : _rows;
        int[] widths = [.. titles.Select((_, column) => all.Select(row => Width(row[column])).DefaultIfEmpty().Max())];
        if (columns < widths.Sum() + (Gap.Length * (widths.Length - 1)) && titles.Length > 2)
        {
            foreach (var line in Blocks(titles))
            {
                yield return line;
            }

            yield break;
        }

        foreach (var row in all)
        {
            yield return string.Join(Gap, row.Select((cell, column) => Pad(cell, column, widths[column]))).TrimEnd();
        }
    }

    // A row that a terminal breaks in the middle of its cells is no row.
    private IEnumerable<string> Blocks(string[] titles)
    {
        var width = titles.Max(Width);
        foreach (var (place, row) in _rows.Index())
        {
            if (place > 0)
            {
                yield return "";
            }

            foreach (var (title, cell) in titles.Zip(row).Where(field => field.Second.Length > 0))
            {
                yield return title + new string(' ', width - Width(title)) + Gap + cell;
            }
        }
    }

    private string Pad(string cell, int column, int width)
    {
        var blanks = new string(' ', width - Width(cell));
        return headings[column].StartsWith('>') ? blanks + cell : cell + blanks;
    }

    // Not a terminal's columns, but right for all that is written letter by letter.
    private static int Width(string cell) => cell.EnumerateRunes().Count();
}
