using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>An amount as people type it: a comma or a point before the decimals, blanks between thousands.</summary>
internal static class TypedAmount
{
    private const int CharactersMax = 40;

    /// <summary>Above zero. Two marks are none: nobody knows which of them is the decimals'.</summary>
    public static bool TryRead(string typed, out Amount amount)
    {
        amount = Amount.Zero;
        return typed.Length <= CharactersMax
            && Amount.TryParse(string.Concat(typed.Where(one => !char.IsWhiteSpace(one))).Replace(',', '.'), out amount)
            && amount > Amount.Zero;
    }
}
