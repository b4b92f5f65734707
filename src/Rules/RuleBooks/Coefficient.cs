using System.Globalization;

namespace Stk.Rules.RuleBooks;

/// <summary>A factor with at most 2 decimals, so that two of them times whole points fit 6 decimals exactly.</summary>
/// <param name="Hundredths">Unit: hundredths; 150 is 1.5.</param>
public readonly record struct Coefficient(int Hundredths) : IComparable<Coefficient>
{
    public const int MinHundredths = 1;
    public const int MaxHundredths = 10_000;

    public static readonly Coefficient One = new(100);

    public static bool operator <(Coefficient left, Coefficient right) => left.Hundredths < right.Hundredths;
    public static bool operator >(Coefficient left, Coefficient right) => left.Hundredths > right.Hundredths;
    public static bool operator <=(Coefficient left, Coefficient right) => left.Hundredths <= right.Hundredths;
    public static bool operator >=(Coefficient left, Coefficient right) => left.Hundredths >= right.Hundredths;

    public int CompareTo(Coefficient other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>The shortest plain decimal: <c>1</c>, <c>1.5</c>, <c>1.02</c>.</summary>
    public override string ToString() => (Hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Reads 1 to 5 ASCII digits and up to 2 decimals: <c>1</c>, <c>1.1</c>, <c>1.10</c>. No sign.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Coefficient coefficient)
    {
        coefficient = default;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length is 0 or > 5 || (point >= 0 && fraction.Length is 0 or > 2)
            || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var hundredths = int.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture) * 100;
        for (var place = 0; place < fraction.Length; place++)
        {
            hundredths += (fraction[place] - '0') * (place == 0 ? 10 : 1);
        }

        coefficient = new(hundredths);
        return true;
    }
}
