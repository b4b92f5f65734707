using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>The ends of scales: numbers that people read at a glance.</summary>
internal static class RoundScale
{
    /// <summary>The least of 1, 2, 5, 10, 20, ... STK that is not below a value; 1 STK for nothing.</summary>
    public static Amount Above(Amount value)
    {
        var stk = 1L;
        for (var step = 0; Amount.OfStk(stk) < value; step++)
        {
            // 1, 2, 5 and again.
            stk = step % 3 == 1 ? stk / 2 * 5 : stk * 2;
        }

        return Amount.OfStk(stk);
    }
}
