using System.Globalization;

namespace Stk.Cli.Api;

/// <summary>The width of the terminal, in columns.</summary>
internal static class TerminalWidth
{
    /// <summary>As <c>COLUMNS</c> says, or else the terminal itself; null where neither tells.</summary>
    public static int? Read()
    {
        var said = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
            : Console.WindowWidth is var width and > 0 ? width
            : null;
    }
}
