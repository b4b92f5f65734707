using System.Net;
using System.Text;
using Stk.Rules.Texts;

namespace Stk.Reports.Notices;

/// <summary>
/// What somebody else has written (a note, an id, a name of a service), as text in each markup: no line of its own, no link,
/// no mention, nothing that is read as markup or turns its line round.
/// </summary>
internal static class ForeignText
{
    // Neither seen nor a place where a line may break; no address and no name goes on behind it.
    private const char WordJoiner = '\u2060';

    private const char FirstIsolate = '\u2068';
    private const char EndIsolate = '\u2069';

    public static string In(NoticeMarkup markup, string text)
    {
        var line = OneLine(text);
        return markup switch
        {
            NoticeMarkup.Plain => Isolated(line),
            NoticeMarkup.Mail => Isolated(WithoutLinks(line)),
            NoticeMarkup.Markdown => Code(line),
            NoticeMarkup.Html => $"<bdi>{WebUtility.HtmlEncode(WithoutLinks(line))}</bdi>",
            _ => throw new ArgumentOutOfRangeException(nameof(markup)),
        };
    }

    // Nothing that may not stand in a written text: line breaks, controls, what turns a line round or hides.
    private static string OneLine(string text) => WrittenText.Shown(text.ReplaceLineEndings(" "));

    // A line that holds letters which run the other way goes on behind them as it began.
    private static string Isolated(string line) =>
        line.EnumerateRunes().Any(IsRightToLeft) ? $"{FirstIsolate}{line}{EndIsolate}" : line;

    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    // Programs make links of what only looks like an address.
    private static string WithoutLinks(string line)
    {
        var shown = new StringBuilder(line.Length + 8);
        foreach (var character in line)
        {
            shown.Append(character);
            if (character is '.' or ':' or '@' or '/' or '\\')
            {
                shown.Append(WordJoiner);
            }
        }

        return shown.ToString();
    }

    // In a code span nothing is read: no markup, no mention, no link, no emoji. It ends at as many backticks as it began
    // with (CommonMark, 6.1), and one blank on each side is not part of it.
    private static string Code(string line)
    {
        var (longest, run) = (0, 0);
        foreach (var character in line)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return $"{fence} {line} {fence}";
    }
}
