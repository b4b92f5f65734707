using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Reports.Statements;

/// <summary>
/// Numbers as people of a language write them, with all the decimals that they have. Of nobody's locale: neither the
/// machine's nor the library's changes a character.
/// </summary>
/// <param name="Group">Between thousands.</param>
/// <param name="Point">Before decimals.</param>
public sealed record NumberText(string Group, string Point)
{
    public static readonly NumberText Russian = new("\u00A0", ",");

    public static readonly NumberText English = new(",", ".");

    private const string Minus = "\u2212";

    public string Of(long number) => Of(number.ToString(CultureInfo.InvariantCulture));

    public string Of(Amount amount) => Of(amount.ToString());

    public string Of(Coefficient coefficient) => Of(coefficient.ToString());

    /// <summary>With a sign where it is not zero.</summary>
    public string Change(long number) => number > 0 ? $"+{Of(number)}" : Of(number);

    /// <inheritdoc cref="Change(long)"/>
    public string Change(Amount amount) => amount > Amount.Zero ? $"+{Of(amount)}" : Of(amount);

    // From the shortest plain decimal.
    private string Of(string plain)
    {
        var isNegative = plain.StartsWith('-');
        var digits = isNegative ? plain[1..] : plain;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var grouped = string.Join(Group, Thousands(whole));
        return $"{(isNegative ? Minus : "")}{grouped}{(point < 0 ? "" : Point + digits[(point + 1)..])}";
    }

    private static IEnumerable<string> Thousands(string whole)
    {
        var first = whole.Length % 3;
        if (first > 0)
        {
            yield return whole[..first];
        }

        for (var at = first; at < whole.Length; at += 3)
        {
            yield return whole.Substring(at, 3);
        }
    }
}
