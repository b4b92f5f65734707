using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Statistics;

/// <summary>How STK are spread over participants.</summary>
/// <param name="Classes">Holders by size, smallest first.</param>
/// <param name="Top">The hundred largest, largest first, by pseudonyms of this report.</param>
/// <param name="Gini">0 to 1 with four decimals.</param>
public sealed record Distribution(
    DateTimeOffset At, ImmutableArray<FundBalance> Funds, long Holders, ImmutableArray<SizeClass> Classes,
    ImmutableArray<Holder> Top, string Gini);

/// <param name="Below">Exclusive; null for the last class.</param>
/// <param name="ShareBp">Of all that holders have. Unit: basis points.</param>
public sealed record SizeClass(Amount From, Amount? Below, long Holders, int ShareBp);

/// <param name="ShareBp">Unit: basis points.</param>
public sealed record Holder(string Pseudonym, int ShareBp);
