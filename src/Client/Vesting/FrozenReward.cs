using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Vesting;

/// <summary>A frozen reward.</summary>
/// <param name="Participant">Whose it is; null in one's own list.</param>
/// <param name="Week">Of a weekly reward; null for what a fund's spending has frozen, as the type is.</param>
/// <param name="State">frozen, waiting, released or cancelled.</param>
/// <param name="Condition">What decides about it; null where its day alone does.</param>
public sealed record FrozenReward(
    string Id, string? Participant, WeekId? Week, string? Type, string Fund, int VestsDays, Amount Amount,
    DateOnly UnlocksOn, string State, string? Condition, DateOnly DecidesBy, ImmutableArray<FrozenEvent> Events,
    Amount Released, Amount Cancelled, DateTimeOffset? DecidedAt);

/// <param name="Verdict">release or cancel; null where nothing is said yet.</param>
/// <param name="Evidence">The event that said so, where one did.</param>
public sealed record FrozenEvent(Guid Uuid, string? Verdict, Guid? Evidence);
