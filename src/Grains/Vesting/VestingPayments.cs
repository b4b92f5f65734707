using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Grains.Notices;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;

namespace Stk.Grains.Vesting;

/// <summary>The ledger transaction that pays a decision out: of what is stored, and of nothing else. Pure.</summary>
internal static class VestingPayments
{
    /// <summary>What is released becomes available, what is cancelled goes back to where it came from.</summary>
    public static Transaction Pay(DecidedGrant decided)
    {
        var grant = decided.Grant;
        var postings = ImmutableArray.CreateBuilder<Posting>(3);
        postings.Add(new(AccountId.Frozen(grant.Participant), -grant.Amount));
        if (decided.Released > Amount.Zero)
        {
            postings.Add(new(AccountId.Available(grant.Participant), decided.Released));
        }

        if (decided.Cancelled > Amount.Zero)
        {
            postings.Add(new(AccountId.Fund(FundOf(grant.Origin)), decided.Cancelled));
        }

        return new(
            grant.DecisionId,
            decided.Released > Amount.Zero ? TransactionKind.VestingUnlock : TransactionKind.VestingCancel,
            grant.Origin is GrantOrigin.Weekly { Week: var week } ? week.ToString() : "",
            postings.ToImmutable(),
            [new GrantDecisionEffect(decided), new NoticeEffect(Told(decided))]);
    }

    /// <summary>Where the cancelled part of a grant goes.</summary>
    public static Fund FundOf(GrantOrigin origin) => origin switch
    {
        GrantOrigin.Weekly => Fund.Rewards,
        GrantOrigin.Spending spending => spending.Fund,
        _ => throw new UnreachableException(),
    };

    private static Notice Told(DecidedGrant decided)
    {
        var grant = decided.Grant;
        var kind = decided.Released > Amount.Zero ? NoticeKinds.VestingReleased : NoticeKinds.VestingCancelled;
        var values = grant.Origin switch
        {
            GrantOrigin.Weekly weekly => Notice.Json(new
            {
                week = weekly.Week.ToString(),
                type = weekly.Type,
                vestsDays = grant.VestsDays,
                amount = grant.Amount,
                released = decided.Released,
                cancelled = decided.Cancelled,
            }),
            GrantOrigin.Spending spending => Notice.Json(new
            {
                fund = spending.Fund.WireName(),
                vestsDays = grant.VestsDays,
                amount = grant.Amount,
                released = decided.Released,
                cancelled = decided.Cancelled,
            }),
            _ => throw new UnreachableException(),
        };
        return new(NoticeIds.Of(kind, grant.DecisionId.ToString()), grant.Participant, kind, values);
    }
}
