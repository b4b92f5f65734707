using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.ApiHost.Statistics;

/// <summary>How STK are spread over participants. Nobody can be told from it.</summary>
/// <param name="Holders">Participants with more than nothing.</param>
/// <param name="Classes">Holders by size, smallest first.</param>
/// <param name="Top">The hundred largest, largest first.</param>
/// <param name="Gini">Of the holders, 0 to 1 with four decimals.</param>
internal sealed record DistributionView(
    DateTimeOffset At, ImmutableArray<FundItem> Funds, long Holders, ImmutableArray<SizeClassItem> Classes,
    ImmutableArray<HolderItem> Top, string Gini);

/// <param name="From">Inclusive.</param>
/// <param name="Below">Exclusive; null for the last class.</param>
/// <param name="ShareBp">Of all that holders have. Unit: basis points.</param>
internal sealed record SizeClassItem(Amount From, Amount? Below, long Holders, int ShareBp);

/// <param name="Pseudonym">Another in each report: reports cannot be joined.</param>
/// <param name="ShareBp">Rounded to whole basis points: no exact sum.</param>
internal sealed record HolderItem(string Pseudonym, int ShareBp);
