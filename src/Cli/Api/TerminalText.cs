using System.Globalization;
using Stk.Rules.Texts;

namespace Stk.Cli.Api;

/// <summary>What others have written, for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Without what moves a cursor, paints or turns the line round.</summary>
    public static string Safe(string text) => WrittenText.Shown(text);

    /// <summary>To the second, UTC.</summary>
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Of(DateTimeOffset)"/>
    public static string Of(DateTimeOffset? at) => at is { } instant ? Of(instant) : "";

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Basis points as a percentage.</summary>
    public static string Percent(int bp) => (bp / 100m).ToString("0.00", CultureInfo.InvariantCulture) + "%";
}
