using System.Collections.Immutable;
using Stk.Grains.Notices;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Grains.Inactivity;

/// <summary>
/// The ledger transactions of a quarter's redistribution. Each id is of its cause, so that a repeat moves nothing. Pure.
/// </summary>
internal static class InactivityPayments
{
    /// <param name="amount">Above zero.</param>
    /// <param name="rateBp">Unit: basis points.</param>
    /// <param name="rules">What the notice may promise.</param>
    /// <param name="more">Effects that stand or fall with it.</param>
    public static Transaction Debit(
        QuarterId quarter, long participant, int attempt, Amount amount, int rateBp, RestorationRules rules,
        params ImmutableArray<IEffect> more)
    {
        var id = InactivityIds.Debit(quarter, participant, attempt);
        return new(
            id, TransactionKind.Redistribution, quarter.ToString(),
            [
                new(AccountId.Available(participant), -amount),
                new(AccountId.Fund(Fund.Rewards), amount),
            ],
            [
                .. more, new DebitEffect(quarter, participant, attempt, amount),
                new NoticeEffect(InactivityNotices.Charged(id, quarter, participant, rateBp, amount, rules)),
            ]);
    }

    public static Transaction Restoration(QuarterId quarter, long participant, WeekId week, Amount amount)
    {
        var id = InactivityIds.Restoration(quarter, participant, week);
        return Credit(
            id, quarter, participant, amount,
            [
                new CreditEffect(quarter, participant, week, amount),
                new NoticeEffect(InactivityNotices.Restored(id, quarter, participant, week, amount)),
            ]);
    }

    /// <param name="request">That accepts the appeal.</param>
    /// <param name="more">Effects that stand or fall with it.</param>
    public static Transaction AppealReturn(
        QuarterId quarter, long participant, Guid request, Amount amount, params ImmutableArray<IEffect> more) => Credit(
        InactivityIds.AppealReturn(quarter, participant, request), quarter, participant, amount,
        [.. more, new CreditEffect(quarter, participant, week: null, amount)]);

    private static Transaction Credit(
        Guid id, QuarterId quarter, long participant, Amount amount, ImmutableArray<IEffect> effects) => new(
        id, TransactionKind.Redistribution, quarter.ToString(),
        [
            new(AccountId.Fund(Fund.Rewards), -amount),
            new(AccountId.Available(participant), amount),
        ],
        effects);
}
