using System.Globalization;
using Stk.Rules.Causes;
using Stk.Rules.Weeks;
using Stk.Solana.Keys;

namespace Stk.Settlement;

/// <summary>Ids of what settlement brings about: the same cause gives the same id, and the ledger does it once.</summary>
public static class SettlementIds
{
    /// <summary>The payout of a weekly run, and the transaction <c>available -> settling</c>.</summary>
    /// <param name="participant">The number.</param>
    public static Guid WeeklyPayout(WeekId week, long participant) =>
        CauseId.Of("payout", "weekly", week.ToString(), participant.ToString(CultureInfo.InvariantCulture));

    /// <summary>The act that writes a week's memo.</summary>
    public static Guid WeekMemo(WeekId week) => CauseId.Of("memo", "week", week.ToString());

    /// <summary>The transaction <c>settling -> chain</c> of an act.</summary>
    public static Guid Settlement(Guid act) => CauseId.Of("settlement", act.ToString());

    /// <summary>The transaction <c>settling -> available</c> of a payout that cannot be paid, or was called off.</summary>
    public static Guid Return(Guid payout) => CauseId.Of("payout", "return", payout.ToString());

    /// <summary>The transaction that credits what arrived in one of our token accounts.</summary>
    /// <param name="accountIndex">Of our token account, among the transaction's accounts.</param>
    public static Guid Deposit(Signature signature, int accountIndex) =>
        CauseId.Of("deposit", signature.ToString(), accountIndex.ToString(CultureInfo.InvariantCulture));

    /// <summary>The transaction that takes a deposit out of suspense, to whom two operators say it is.</summary>
    public static Guid Assignment(Guid deposit) => CauseId.Of("deposit", "assign", deposit.ToString());

    /// <summary>The transaction that takes a deposit out of suspense, since it was sent back on chain.</summary>
    public static Guid DepositReturn(Guid deposit) => CauseId.Of("deposit", "return", deposit.ToString());

    /// <summary>What took something from one of our token accounts, and is none of ours.</summary>
    public static Guid Difference(Signature signature, PublicKey account) =>
        CauseId.Of("difference", signature.ToString(), account.ToString());
}
