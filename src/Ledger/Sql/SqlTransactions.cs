using Stk.Rules.Money;

namespace Stk.Ledger.Sql;

/// <summary><see cref="TransactionKind"/> as SQL has it, for texts that are constants.</summary>
public static class SqlTransactions
{
    public const string Emission = "1";
    public const string WeekReserve = "2";
    public const string WeekReward = "3";
    public const string WeekReturn = "4";
    public const string Transfer = "5";
    public const string Purchase = "6";
    public const string Refund = "7";
    public const string VestingUnlock = "8";
    public const string VestingCancel = "9";
    public const string Redistribution = "10";
    public const string Withdrawal = "11";
    public const string WithdrawalReturn = "12";
    public const string Settlement = "13";
    public const string Deposit = "14";
    public const string FundSpend = "15";
    public const string Buyback = "16";
    public const string Burn = "17";
    public const string Correction = "18";
    public const string Cover = "19";
    public const string Harness = "1000";
}
