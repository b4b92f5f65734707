namespace Stk.Rules.Money;

/// <summary>What a transaction is for. Stored and hashed: add at the end, never renumber.</summary>
public enum TransactionKind : short
{
    Emission = 1,
    WeekReserve = 2,
    WeekReward = 3,
    WeekReturn = 4,
    Transfer = 5,
    Purchase = 6,
    Refund = 7,
    VestingUnlock = 8,
    VestingCancel = 9,
    Redistribution = 10,
    Withdrawal = 11,
    WithdrawalReturn = 12,
    Settlement = 13,
    Deposit = 14,
    FundSpend = 15,
    Buyback = 16,
    Burn = 17,
    Correction = 18,

    /// <summary>What was taken from our accounts on chain, made good from the treasury.</summary>
    Cover = 19,

    /// <summary>Of a harness that breaks things, in Development alone: <c>verify</c> takes it only if told of one.</summary>
    Harness = 1_000,
}
