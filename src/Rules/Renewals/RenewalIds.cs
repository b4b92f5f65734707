using System.Globalization;
using Stk.Rules.Causes;

namespace Stk.Rules.Renewals;

/// <summary>Ids of what renews: the same cause gives the same one, so that nothing is paid twice.</summary>
public static class RenewalIds
{
    /// <param name="first">The entitlement that was bought.</param>
    /// <param name="number">Which month follows: from 1.</param>
    /// <param name="attempt">From 1.</param>
    public static Guid Of(Guid first, int number, int attempt) =>
        CauseId.Of("renewal", first.ToString(), Text(number), Text(attempt));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
