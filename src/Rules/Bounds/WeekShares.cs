using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Rules.Bounds;

/// <summary>Parts of a week's rewards, after the fund's factor.</summary>
/// <param name="Rewards">The whole.</param>
/// <param name="Newcomers">
/// What goes to participants younger than <see cref="WeekBoundsCheck.Young"/> at the week's end.
/// </param>
/// <param name="Sources">What the events of each source have earned; none of zero.</param>
public sealed record WeekShares(Amount Rewards, Amount Newcomers, ImmutableArray<SourceReward> Sources);
