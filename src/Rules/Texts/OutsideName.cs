using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Stk.Rules.Texts;

/// <summary>
/// The one rule of names that come from outside and are compared, not read: participants' ids, sources' names, subjects of
/// tokens. What is <see cref="Malformed"/> can be no name at all; what is <see cref="Broken"/> nobody new is called: it
/// looks like another name, or like nothing, or is one of ours. Names from before the rule keep working.
/// </summary>
public static class OutsideName
{
    /// <summary>Unit: Unicode code points.</summary>
    public const int MaxCharacters = 200;

    /// <summary>Who says what operators say of participants: no source is called so.</summary>
    public const string Operators = "admin";

    private const int BrailleBlank = 0x2800;

    /// <summary>Accounts, references and erased people are shown under names that begin so.</summary>
    private static readonly ImmutableArray<string> OwnPrefixes = ["fund:", "week:", "chain:", "tender:", "erased-"];

    private static readonly ImmutableArray<string> OwnNames = ["chain", "issuance", "burned"];

    /// <summary>Why nothing can be kept or found under a text; null where it can.</summary>
    public static string? Malformed(string name) =>
        PlainText.Broken(name, MaxCharacters) ?? (string.IsNullOrWhiteSpace(name) ? "must not be blank" : null);

    /// <summary>Why nobody new is called so; null where somebody may be.</summary>
    public static string? Broken(string name)
    {
        if (Malformed(name) is { } malformed)
        {
            return malformed;
        }

        if (name.EnumerateRunes().Any(IsUnseenOrNobodys))
        {
            return "must hold no code points that are ignored, unassigned or private";
        }

        if (!name.IsNormalized(NormalizationForm.FormC))
        {
            return "must be in Unicode's normal form C";
        }

        if (IsBlank(First(name)) || IsBlank(Last(name)))
        {
            return "must not begin or end with a blank";
        }

        return OwnNames.Contains(name) || OwnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            ? "must not be one of the economy's own names"
            : null;
    }

    /// <summary>The same of a source of events.</summary>
    public static string? BrokenOfSource(string name) =>
        name == Operators ? "must not be one of the economy's own names" : Broken(name);

    private static Rune First(string name)
    {
        Rune.DecodeFromUtf16(name, out var first, out _);
        return first;
    }

    private static Rune Last(string name)
    {
        Rune.DecodeLastFromUtf16(name, out var last, out _);
        return last;
    }

    // Braille's blank is a symbol in name only.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == BrailleBlank;

    private static bool IsUnseenOrNobodys(Rune rune) => IsDefaultIgnorable(rune.Value)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    // Default_Ignorable_Code_Point of Unicode 17's DerivedCoreProperties: what a reader does not see where it is not
    // supported. The framework does not tell of it.
    private static bool IsDefaultIgnorable(int value) => value is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4
        or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E)
        or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0
        or (>= 0xFFF0 and <= 0xFFF8) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A)
        or (>= 0xE0000 and <= 0xE0FFF);
}
