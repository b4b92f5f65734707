using System.Collections.Frozen;

namespace Stk.Rules.Texts;

/// <summary>What the framework does not tell of Unicode 17's scripts, as far as joiners ask for it: by blocks.</summary>
internal static class Scripts
{
    /// <summary>Canonical combining class 9: what kills a consonant's vowel and joins it to the next consonant.</summary>
    private static readonly FrozenSet<int> Viramas = new[]
    {
        0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D3B, 0x0D3C, 0x0D4D, 0x0DCA, 0x0E3A, 0x0EBA,
        0x0F84, 0x1039, 0x103A, 0x1714, 0x1715, 0x1734, 0x17D2, 0x1A60, 0x1B44, 0x1BAA, 0x1BAB, 0x1BF2, 0x1BF3, 0x2D7F,
        0xA806, 0xA82C, 0xA8C4, 0xA953, 0xA9C0, 0xAAF6, 0xABED, 0x10A3F, 0x11046, 0x11070, 0x1107F, 0x110B9, 0x11133,
        0x11134, 0x111C0, 0x11235, 0x112EA, 0x1134D, 0x113CE, 0x113CF, 0x113D0, 0x11442, 0x114C2, 0x115BF, 0x1163F,
        0x116B6, 0x1172B, 0x11839, 0x1193D, 0x1193E, 0x119E0, 0x11A34, 0x11A47, 0x11A99, 0x11C3F, 0x11D44, 0x11D45,
        0x11D97, 0x11F41, 0x11F42, 0x1612F,
    }.ToFrozenSet();

    public static bool IsVirama(int value) => Viramas.Contains(value);

    /// <summary>
    /// A letter that takes another form beside others: Arabic's, Syriac's, N'Ko's, Mongolian's, Adlam's, ...
    /// </summary>
    public static bool IsJoining(WrittenPoint point) => point.IsLetter && point.Value is
        (>= 0x0620 and <= 0x077F) or (>= 0x07C0 and <= 0x07FF) or (>= 0x0840 and <= 0x08FF) or (>= 0x1800 and <= 0x18AF)
        or (>= 0xA840 and <= 0xA87F) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
        or (>= 0x10AC0 and <= 0x10AFF) or (>= 0x10B80 and <= 0x10BAF) or (>= 0x10D00 and <= 0x10D3F)
        or (>= 0x10F30 and <= 0x10FDF) or (>= 0x1E900 and <= 0x1E95F);

    /// <summary>The descendants of Brahmi, from Devanagari to Khmer, whose marks depend on the letter before them.</summary>
    public static bool IsBrahmic(int value) => value is
        (>= 0x0900 and <= 0x109F) or (>= 0x1700 and <= 0x17FF) or (>= 0x1900 and <= 0x1CFF) or (>= 0xA800 and <= 0xA83F)
        or (>= 0xA880 and <= 0xA8FF) or (>= 0xA930 and <= 0xAADF) or (>= 0xABC0 and <= 0xABFF)
        or (>= 0x11000 and <= 0x11FFF) or (>= 0x16100 and <= 0x1613F);

    /// <summary>Thai, Lao, Myanmar, Khmer and their kin, which mark the ends of words only for a line's break.</summary>
    public static bool HasNoSpaces(int value) => value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950 and <= 0x19FF)
        or (>= 0x1A20 and <= 0x1AAF) or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAADF)
        or (>= 0x11700 and <= 0x1174F);

    public static bool IsMongolian(int value) => value is >= 0x1800 and <= 0x18AF;

    public static bool IsRightToLeft(int value) => value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EEFF);
}
