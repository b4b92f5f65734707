using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Pages;

/// <summary>What the first page shows. A part that is null could not be read in time.</summary>
/// <param name="Now">The economy's clock.</param>
/// <param name="Book">In force this week; null where it could not be read.</param>
/// <param name="Days">Of four weeks, the last today.</param>
/// <param name="NextGrant">Unlocks first of what is frozen.</param>
/// <param name="HasGrant">Whether <paramref name="NextGrant"/> could be read.</param>
public sealed record HomeModel(
    DateTimeOffset Now, BalanceReply Balance, LimitsReply? Limits, StreakReply? Streak, TransactionPage? Transactions,
    DaySpan? Days, RewardPage? Rewards, GrantView? NextGrant, bool HasGrant, EntitlementsReply? Entitlements, RuleBook? Book)
{
    /// <summary>Somebody to whom nothing has happened yet.</summary>
    public bool IsEmpty => Balance.Total == Amount.Zero && Limits is { PointsThisWeek: 0 }
        && Transactions is { Transactions.IsEmpty: true } && Rewards is { Rewards.IsEmpty: true };

    /// <summary>What has come and gone since Monday; null where it could not be read.</summary>
    public Amount? SinceMonday => Days is { Days: { IsEmpty: false } days } && Limits is { Week.Monday: var monday }
        && days.FirstOrDefault(day => day.Day == monday.AddDays(-1)) is { } before
            ? Balance.Total - before.Total
            : null;
}

/// <summary>Balances of some days, in order.</summary>
public sealed record DaySpan(ImmutableArray<DayBalance> Days);
