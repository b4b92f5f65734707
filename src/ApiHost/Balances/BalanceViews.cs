using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Balances;

/// <param name="Sequence">The journal's commit that last changed one of them; 0 where none has.</param>
internal sealed record BalanceView(Amount Available, Amount Frozen, Amount Settling, Amount Total, long Sequence)
{
    public static BalanceView Of(BalanceReply balance) => new(
        balance.Available, balance.Frozen, balance.Settling, balance.Total, balance.ChangedIn);
}

/// <param name="Sequence">The journal's commit.</param>
/// <param name="Account">available, frozen or settling.</param>
/// <param name="Kind">weekly_reward, for one.</param>
/// <param name="Reference">What it was for: 2025-W51, for one.</param>
/// <param name="Counterparty">The other participant, where there is one.</param>
/// <param name="Note">As the sender wrote it.</param>
/// <param name="Service">What was bought, sold or refunded.</param>
/// <param name="Grant">The frozen reward that was decided.</param>
internal sealed record BalanceChangeItem(
    long Sequence, DateTimeOffset At, Guid TransactionId, string Kind, string Reference, string Account, Amount Amount,
    Amount BalanceAfter, string? Counterparty, string? Note, string? Service, GrantName? Grant);

/// <summary>A transaction as the participant sees it: the sum of its own postings, by account.</summary>
/// <param name="Counterparty">The other participant, where there is one.</param>
/// <param name="Note">As the sender wrote it.</param>
/// <param name="Service">What was bought, sold or refunded.</param>
/// <param name="Grant">The frozen reward that was decided.</param>
/// <param name="AvailableAfter">What was available after it; null where it has not touched that.</param>
internal sealed record TransactionItem(
    Guid Id, long Sequence, DateTimeOffset At, string Kind, string Reference, Amount Available, Amount Frozen,
    Amount Settling, string? Counterparty, string? Note, string? Service, GrantName? Grant, Amount? AvailableAfter);

/// <summary>One transaction as one of its sides sees it.</summary>
/// <param name="Lines">The side's own, in the order posted.</param>
/// <param name="Parts">Where what the side has paid went; empty where it has paid nothing.</param>
internal sealed record TransactionDetailView(
    TransactionItem Transaction, ImmutableArray<TransactionLineView> Lines, ImmutableArray<TransactionPartView> Parts);

/// <param name="Account">available, frozen or settling.</param>
internal sealed record TransactionLineView(string Account, Amount Amount, Amount BalanceAfter);

/// <param name="To">fund:treasury, burned or participants, for some.</param>
internal sealed record TransactionPartView(string To, Amount Amount);

/// <param name="Days">In order; days to come are left out.</param>
internal sealed record DailyBalancesView(ImmutableArray<DayBalanceView> Days);

/// <summary>What there was at the end of a day, UTC by the economy's clock; of today, what there is.</summary>
internal sealed record DayBalanceView(DateOnly Day, Amount Available, Amount Frozen, Amount Settling, Amount Total);

/// <summary>A frozen reward, as /vesting lists it.</summary>
/// <param name="Week">Of a weekly reward; null for what a fund's spending had frozen, as the type is.</param>
internal sealed record GrantName(string Id, WeekId? Week, string? Type, int VestsDays)
{
    public static GrantName? Of(DecidedGrantView? grant) =>
        grant is null ? null : new(grant.Id, grant.Week, grant.Type, grant.VestsDays);
}
