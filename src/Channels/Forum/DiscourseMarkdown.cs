namespace Stk.Channels.Forum;

/// <summary>
/// Text as the forum shows it letter by letter: a block of code, in which nothing is markup, nobody is mentioned and no
/// address is a link.
/// </summary>
internal static class DiscourseMarkdown
{
    private const int FenceMin = 3;

    public static string Of(string text)
    {
        // No line of the text ends the block: none has so many marks.
        var fence = new string('`', Math.Max(FenceMin, LongestRun(text) + 1));
        return $"{fence}text\n{text.ReplaceLineEndings("\n")}\n{fence}\n";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
