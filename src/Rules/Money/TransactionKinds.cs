using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Money;

/// <summary>How kinds of transactions are named in requests and answers.</summary>
public static class TransactionKinds
{
    /// <summary>Those that can touch a participant, in the order of their numbers.</summary>
    public static readonly ImmutableArray<TransactionKind> OfParticipants =
    [
        TransactionKind.WeekReward, TransactionKind.Transfer, TransactionKind.Purchase, TransactionKind.Refund,
        TransactionKind.VestingUnlock, TransactionKind.VestingCancel, TransactionKind.Redistribution,
        TransactionKind.Withdrawal, TransactionKind.WithdrawalReturn, TransactionKind.Settlement, TransactionKind.Deposit,
        TransactionKind.FundSpend, TransactionKind.Correction,
    ];

    private static readonly FrozenDictionary<string, TransactionKind> ByName =
        Enum.GetValues<TransactionKind>().ToFrozenDictionary(WireName, StringComparer.Ordinal);

    /// <summary>How a kind stands in JSON: <c>weekly_reward</c>. For ever: clients filter by it.</summary>
    public static string WireName(this TransactionKind kind) => kind switch
    {
        TransactionKind.Emission => "emission",
        TransactionKind.WeekReserve => "week_reserve",
        TransactionKind.WeekReward => "weekly_reward",
        TransactionKind.WeekReturn => "week_return",
        TransactionKind.Transfer => "transfer",
        TransactionKind.Purchase => "purchase",
        TransactionKind.Refund => "refund",
        TransactionKind.VestingUnlock => "vesting_unlock",
        TransactionKind.VestingCancel => "vesting_cancel",
        TransactionKind.Redistribution => "redistribution",
        TransactionKind.Withdrawal => "withdrawal",
        TransactionKind.WithdrawalReturn => "withdrawal_return",
        TransactionKind.Settlement => "settlement",
        TransactionKind.Deposit => "deposit",
        TransactionKind.FundSpend => "fund_spend",
        TransactionKind.Buyback => "buyback",
        TransactionKind.Burn => "burn",
        TransactionKind.Correction => "correction",
        TransactionKind.Cover => "cover",
        TransactionKind.Harness => "harness",
        _ => throw new UnreachableException(),
    };

    /// <summary>False where no kind has the name.</summary>
    public static bool TryParse(string name, out TransactionKind kind) => ByName.TryGetValue(name, out kind);
}
