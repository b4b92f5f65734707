using System.Globalization;
using System.Text;

namespace Stk.Rules.Texts;

/// <summary>
/// Characters that cannot be seen and change how their neighbours look. Each is taken only where Unicode gives it a use:
/// elsewhere it can only deceive.
/// </summary>
internal static class HiddenCharacters
{
    private const int SoftHyphen = 0x00AD;
    private const int ArabicLetterMark = 0x061C;
    private const int MongolianVowelSeparator = 0x180E;
    private const int ZeroWidthSpace = 0x200B;
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int LeftToRightMark = 0x200E;
    private const int RightToLeftMark = 0x200F;
    private const int BlackFlag = 0x1F3F4;
    private const int TagEnd = 0xE007F;

    /// <summary>Whether the code point at a place may stand there.</summary>
    public static bool IsInPlace(ReadOnlySpan<WrittenPoint> text, int at)
    {
        var point = text[at];
        if (IsVariationSelector(point.Value))
        {
            return at > 0 && CanVary(text[at - 1]);
        }

        return point.Category switch
        {
            UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator => false,
            UnicodeCategory.Format => IsFormatInPlace(text, at),
            _ => true,
        };
    }

    /// <summary>
    /// Whether a reader sees something of it. Fillers of Hangul and Braille's blank are letters in name only.
    /// </summary>
    public static bool IsSeen(WrittenPoint point) =>
        !Rune.IsWhiteSpace(point.Rune) && !point.IsMark && point.Category != UnicodeCategory.Format
        && point.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800);

    private static bool IsFormatInPlace(ReadOnlySpan<WrittenPoint> text, int at) => text[at].Value switch
    {
        NonJoiner => IsNonJoinerInPlace(text, at),
        Joiner => IsJoinerInPlace(text, at),
        ZeroWidthSpace => IsInside(text, at)
            && (Scripts.HasNoSpaces(text[at - 1].Value) || Scripts.HasNoSpaces(text[at + 1].Value)),
        SoftHyphen => IsInside(text, at) && text[BaseBefore(text, at)].IsLetter && text[at + 1].IsLetter,
        // They place points and digits among letters that run from right to left; they turn no letter round.
        LeftToRightMark or RightToLeftMark or ArabicLetterMark => HasRightToLeftLetter(text),
        MongolianVowelSeparator => IsInside(text, at)
            && Scripts.IsMongolian(text[at - 1].Value) && Scripts.IsMongolian(text[at + 1].Value),
        >= 0xE0020 and <= TagEnd => IsInFlag(text, at),
        // Signs of numbers, years and verses: format characters by their category, and seen all the same.
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => true,
        _ => false,
    };

    // RFC 5892, appendix A.1, made wider by what people write: after a letter that never joins (Persian), after a foreign
    // word or a number before an ending, and before a vowel sign or virama (Bengali, Khmer).
    private static bool IsNonJoinerInPlace(ReadOnlySpan<WrittenPoint> text, int at)
    {
        if (IsAfterVirama(text, at) || IsBeforeDependentMark(text, at))
        {
            return true;
        }

        return IsInside(text, at) && Scripts.IsJoining(text[at + 1])
            && text[BaseBefore(text, at)] is var before && (before.IsLetter || Rune.IsDigit(before.Rune));
    }

    // RFC 5892, appendix A.2; Bengali's ra before ya-phalaa; a letter's joined form by itself; emoji of several parts.
    private static bool IsJoinerInPlace(ReadOnlySpan<WrittenPoint> text, int at)
    {
        if (IsAfterVirama(text, at) || IsBeforeDependentMark(text, at))
        {
            return true;
        }

        if ((at > 0 && IsJoinControl(text[at - 1])) || (at + 1 < text.Length && IsJoinControl(text[at + 1])))
        {
            return false;
        }

        return (at > 0 && Scripts.IsJoining(text[BaseBefore(text, at)]))
            || (at + 1 < text.Length && (Scripts.IsJoining(text[at + 1]) || IsEmojiPart(text[at + 1])));
    }

    // After a joiner a character goes on with a symbol only between two pictographs (UAX 29, GB11): the framework's table
    // of them, which is not public, decides.
    private static bool IsEmojiPart(WrittenPoint after) =>
        !after.BeginsCharacter && !after.IsMark && !after.IsLetter
        && after.Category is not (UnicodeCategory.Format or UnicodeCategory.ModifierSymbol);

    private static bool IsAfterVirama(ReadOnlySpan<WrittenPoint> text, int at) =>
        at > 0 && Scripts.IsVirama(text[at - 1].Value);

    private static bool IsBeforeDependentMark(ReadOnlySpan<WrittenPoint> text, int at) =>
        IsInside(text, at) && text[at + 1].IsMark && Scripts.IsBrahmic(text[at + 1].Value)
        && (text[at - 1].IsLetter || text[at - 1].IsMark) && Scripts.IsBrahmic(text[at - 1].Value);

    private static bool IsJoinControl(WrittenPoint point) => point.Value is NonJoiner or Joiner;

    private static bool IsInside(ReadOnlySpan<WrittenPoint> text, int at) => at > 0 && at + 1 < text.Length;

    // Vowel signs between a letter and a joiner are transparent to joining.
    private static int BaseBefore(ReadOnlySpan<WrittenPoint> text, int at)
    {
        var before = at - 1;
        while (before > 0 && text[before].Category == UnicodeCategory.NonSpacingMark)
        {
            before--;
        }

        return before;
    }

    private static bool HasRightToLeftLetter(ReadOnlySpan<WrittenPoint> text)
    {
        foreach (var point in text)
        {
            if (point.IsLetter && Scripts.IsRightToLeft(point.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVariationSelector(int value) =>
        value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F;

    // One choice a form: a row of selectors carries what nobody sees.
    private static bool CanVary(WrittenPoint before) =>
        (!before.IsMark || before.Category == UnicodeCategory.SpacingCombiningMark)
        && !Rune.IsWhiteSpace(before.Rune) && !Rune.IsControl(before.Rune) && before.Category != UnicodeCategory.Format;

    // UTS 51, ED-14a, as flags of regions use it: a black flag, 3 to 6 letters and digits as tags, the end.
    private static bool IsInFlag(ReadOnlySpan<WrittenPoint> text, int at)
    {
        var flag = at;
        while (flag > 0 && IsFlagTag(text[flag - 1].Value))
        {
            flag--;
        }

        var end = at;
        while (end < text.Length && IsFlagTag(text[end].Value))
        {
            end++;
        }

        return flag > 0 && text[flag - 1].Value == BlackFlag && end - flag is >= 3 and <= 6
            && end < text.Length && text[end].Value == TagEnd;
    }

    private static bool IsFlagTag(int value) => value is (>= 0xE0030 and <= 0xE0039) or (>= 0xE0061 and <= 0xE007A);
}
