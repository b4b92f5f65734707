using System.Globalization;
using System.Text.Json.Serialization;

namespace Stk.Rules.Money;

/// <summary>An amount of STK in micro-STK, the SPL mint's 6 decimals. Signed. Overflow throws.</summary>
/// <param name="Micro">Unit: micro-STK, 10^-6 STK.</param>
[JsonConverter(typeof(AmountJsonConverter))]
public readonly record struct Amount(long Micro) : IComparable<Amount>
{
    public const long MicroPerStk = 1_000_000;
    public const int Decimals = 6;

    public static readonly Amount Zero;

    public bool IsNegative => Micro < 0;

    public static Amount operator +(Amount left, Amount right) => new(checked(left.Micro + right.Micro));
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Micro - right.Micro));
    public static Amount operator -(Amount amount) => new(checked(-amount.Micro));
    public static bool operator <(Amount left, Amount right) => left.Micro < right.Micro;
    public static bool operator >(Amount left, Amount right) => left.Micro > right.Micro;
    public static bool operator <=(Amount left, Amount right) => left.Micro <= right.Micro;
    public static bool operator >=(Amount left, Amount right) => left.Micro >= right.Micro;

    public static Amount OfStk(long stk) => new(checked(stk * MicroPerStk));

    public static Amount Min(Amount left, Amount right) => left.Micro <= right.Micro ? left : right;

    public static Amount Sum(IEnumerable<Amount> amounts)
    {
        var micro = 0L;
        foreach (var amount in amounts)
        {
            micro = checked(micro + amount.Micro);
        }

        return new(micro);
    }

    /// <summary>floor(this x numerator / denominator), the product in 128 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative amount or numerator, or a denominator below 1.</exception>
    /// <exception cref="OverflowException">The quotient does not fit 64 bits.</exception>
    public Amount ScaledDown(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Micro);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        return new(checked((long)((Int128)Micro * numerator / denominator)));
    }

    public int CompareTo(Amount other) => Micro.CompareTo(other.Micro);

    /// <summary>The shortest plain decimal: <c>1584</c>, <c>0.5</c>, <c>-0.000001</c>.</summary>
    public override string ToString()
    {
        var (whole, rest) = Int128.DivRem(Int128.Abs(Micro), MicroPerStk);
        var sign = Micro < 0 ? "-" : "";
        return rest == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(long)rest:D6}").TrimEnd('0');
    }

    /// <summary>
    /// Reads what <see cref="ToString"/> writes, with up to 6 decimals: ASCII digits, one point, a leading minus.
    /// No exponent, no grouping, no blanks, no <c>-0</c>, at most 24 characters.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = Zero;
        var isNegative = text is ['-', ..];
        var digits = isNegative ? text[1..] : text;
        if (text.Length > 24 || digits.Length == 0)
        {
            return false;
        }

        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.Length == 0 || (point >= 0 && fraction.Length is 0 or > Decimals))
        {
            return false;
        }

        Int128 micro = 0;
        foreach (var digit in whole)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            micro = micro * 10 + (digit - '0');
        }

        for (var place = 0; place < Decimals; place++)
        {
            var digit = place < fraction.Length ? fraction[place] : '0';
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            micro = micro * 10 + (digit - '0');
        }

        micro = isNegative ? -micro : micro;
        if (micro < long.MinValue || micro > long.MaxValue || (isNegative && micro == 0))
        {
            return false;
        }

        amount = new((long)micro);
        return true;
    }
}
