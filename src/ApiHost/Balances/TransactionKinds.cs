using System.Collections.Frozen;

namespace Stk.ApiHost.Balances;

/// <summary>The kinds of transactions that can touch a participant, as its lists name them.</summary>
internal static class TransactionKinds
{
    public static readonly FrozenSet<string> All = new[]
    {
        "weekly_reward", "transfer", "purchase", "refund", "vesting_unlock", "vesting_cancel", "redistribution",
        "withdrawal", "withdrawal_return", "settlement", "deposit", "fund_spend",
    }.ToFrozenSet(StringComparer.Ordinal);
}
